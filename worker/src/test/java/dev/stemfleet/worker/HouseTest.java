package dev.stemfleet.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The rules of the house: which room may know which, and which library lives where.
@AnalyzeClasses(packages = "dev.stemfleet", importOptions = HouseTest.WithoutTests.class)
final class HouseTest {
  private static final String[] STAGE_ROOMS = {
    "dev.stemfleet.worker.audio..",
    "dev.stemfleet.worker.model..",
    "dev.stemfleet.worker.separation..",
    "dev.stemfleet.worker.speech..",
    "dev.stemfleet.worker.clip..",
    "dev.stemfleet.worker.render..",
    "dev.stemfleet.worker.place..",
    "dev.stemfleet.worker.source.."
  };

  /// Tests lie in folders of test classes, or in the test jars of other modules.
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule theDomainUsesOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.stemfleet.common.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "dev.stemfleet.common.domain..", "");

  @ArchTest
  static final ArchRule onlyTheModelRoomUsesOnnxRuntime =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.worker.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule onlyTheSpeechRoomUsesTokenizers =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.worker.speech..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule onlyTheClipRoomUsesEhcache =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.worker.clip..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ehcache..");

  @ArchTest
  static final ArchRule onlyTheWebRoomUsesHttpClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.common.web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hc..");

  @ArchTest
  static final ArchRule onlyTheHttpRoomUsesTheHttpServer =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.common.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule onlyTheStoreRoomUsesAmazonsClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.common.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule onlySoundVideoAndSpectraUseFfmpeg =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.stemfleet.common.media..",
              "dev.stemfleet.worker.audio..",
              "dev.stemfleet.worker.render..",
              "dev.stemfleet.worker.spectrum..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule spectraKnowNoOtherRoomOfTheWorker =
      noClasses()
          .that()
          .resideInAPackage("dev.stemfleet.worker.spectrum..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.stemfleet.worker..")
                  .and(not(resideInAPackage("dev.stemfleet.worker.spectrum.."))));

  @ArchTest
  static final ArchRule onlyTelemetryUsesMetrics =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.worker.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.codahale.metrics..");

  @ArchTest
  static final ArchRule onlyTheMetricsRoomUsesPrometheus =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.common.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.prometheus..");

  @ArchTest
  static final ArchRule onlyTheQueueRoomOfTheWorkerUsesKafka =
      noClasses()
          .that()
          .resideInAPackage("dev.stemfleet.worker..")
          .and()
          .resideOutsideOfPackage("dev.stemfleet.worker.queue..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule clientPropertiesAreBuiltInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stemfleet.common.kafka..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("org\\.apache\\.kafka\\.clients\\..*Config");

  @ArchTest
  static final ArchRule stageRoomsDoNotKnowEachOther =
      slices()
          .matching(
              "dev.stemfleet.worker.(audio|model|separation|speech|clip|render|place|source)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule stageRoomsKnowNeitherTheQueueNorTheJob =
      noClasses()
          .that()
          .resideInAnyPackage(STAGE_ROOMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.stemfleet.worker.queue..",
              "dev.stemfleet.worker.job..",
              "dev.stemfleet.worker.telemetry..",
              "dev.stemfleet.common.kafka..");

  @ArchTest
  static final ArchRule evaluationKnowsNeitherQueueNorOutputs =
      noClasses()
          .that()
          .resideInAPackage("dev.stemfleet.worker.evaluate..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.stemfleet.worker.queue..",
              "dev.stemfleet.worker.place..",
              "dev.stemfleet.worker.source..",
              "dev.stemfleet.worker.clip..",
              "dev.stemfleet.worker.render..",
              "dev.stemfleet.common.kafka..");

  @ArchTest
  static final ArchRule theStoryUsesNoLibraryAndNoQueue =
      classes()
          .that()
          .resideInAPackage("dev.stemfleet.worker.job..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(STAGE_ROOMS)
                  .or(
                      resideInAnyPackage(
                          "java..",
                          "org.jspecify..",
                          "org.slf4j..",
                          "dev.stemfleet.worker.job..",
                          "dev.stemfleet.common.."))
                  .or(JavaClass.Predicates.type(Object.class)));

  @ArchTest
  static final ArchRule onlyThePlaceRoomKnowsTheOutputRoot =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.stemfleet.worker.audio..",
              "dev.stemfleet.worker.render..",
              "dev.stemfleet.worker.separation..",
              "dev.stemfleet.worker.clip..",
              "dev.stemfleet.worker.source..")
          .should()
          .dependOnClassesThat()
          .haveSimpleName("OutputRoot");

  @ArchTest
  static final ArchRule theWorkerDoesNotKnowTheDispatcher =
      noClasses()
          .that()
          .resideInAnyPackage("dev.stemfleet.worker..", "dev.stemfleet.common..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.stemfleet.dispatcher..");

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("dev.stemfleet.(*).(*)..").should().beFreeOfCycles();
}
