package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.dispatcher.fetch.Address;
import dev.stemfleet.dispatcher.fetch.FetchException;
import dev.stemfleet.dispatcher.fetch.Fetched;
import dev.stemfleet.dispatcher.fetch.Fetcher;
import dev.stemfleet.dispatcher.fetch.Order;
import dev.stemfleet.dispatcher.models.ModelException;
import dev.stemfleet.dispatcher.plan.RequestException;
import dev.stemfleet.dispatcher.show.ByteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Files on their way into the folder of models, in a folder inside it that the catalog does not
/// see. Used by one thread.
final class FetchedFiles {
  private static final String FOLDER = ".fetched";

  private final Surroundings here;
  private final Fetcher fetcher;
  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  FetchedFiles(Surroundings here, Fetcher fetcher, Path models) {
    this.here = here;
    this.fetcher = fetcher;
    this.folder = models.resolve(FOLDER);
  }

  /// Makes a model of what was fetched.
  interface Making {
    CatalogModel make() throws IOException, InterruptedException;
  }

  /// @param sha256s one a file, or none
  List<Path> fetch(List<Address> places, List<String> sha256s, long mostBytes)
      throws IOException, InterruptedException {
    if (places.stream().map(Address::fileName).distinct().count() != places.size()) {
      throw new RequestException("two of the files have the same name");
    }
    Files.createDirectories(folder);
    try {
      for (int i = 0; i < places.size(); i++) {
        Address place = places.get(i);
        String sha256 = sha256s.isEmpty() ? null : sha256s.get(i);
        files.add(fetch(new Order(place, folder.resolve(place.fileName()), mostBytes, sha256)));
      }
    } catch (FetchException | IOException e) {
      removeIfEmpty();
      throw e;
    }
    return List.copyOf(files);
  }

  private Path fetch(Order order) throws IOException, InterruptedException {
    Screen screen = here.screen();
    if (!String.valueOf(order.address().uri().getScheme()).equalsIgnoreCase("https")
        && order.sha256() == null) {
      screen.warn(order.address().shown() + ": comes unencrypted and --sha256 does not check it");
    }
    screen.note("fetching " + order.address().shown());
    try {
      Fetched fetched = fetcher.fetch(order, new FetchScreen(here, order.address().fileName()));
      screen.note(
          "%s: %s, sha256 %s%s"
              .formatted(
                  order.address().fileName(),
                  ByteText.of(fetched.bytes()),
                  fetched.sha256(),
                  fetched.promised() ? ", as was promised" : " (nobody said what it must be)"));
      return fetched.file();
    } finally {
      screen.endProgress();
    }
  }

  /// A model that is refused leaves nothing behind; for a question without an answer the files
  /// stay, so that the next try need not fetch them.
  CatalogModel keptUnlessRefused(Making making) throws IOException, InterruptedException {
    try {
      CatalogModel made = making.make();
      remove();
      return made;
    } catch (RequestException e) {
      String models = files.stream().map(Path::toString).reduce((a, b) -> a + " " + b).orElse("");
      throw new RequestException(
          e.getMessage() + " (fetched already: stemfleet models add " + models + ")");
    } catch (ModelException e) {
      remove();
      throw e;
    }
  }

  private void remove() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    removeIfEmpty();
  }

  private void removeIfEmpty() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> left = Files.list(folder)) {
      if (left.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(folder);
  }
}
