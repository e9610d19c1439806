package dev.stemfleet.dispatcher.submit;

import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.ChannelCatalog;
import dev.stemfleet.common.catalog.ModelCatalog;
import dev.stemfleet.common.domain.Aliases;
import dev.stemfleet.common.domain.Channel;
import dev.stemfleet.common.domain.ModelRef;
import dev.stemfleet.common.domain.Nearest;
import dev.stemfleet.common.domain.Product;
import dev.stemfleet.common.domain.Stem;
import dev.stemfleet.dispatcher.plan.PublishSlots;
import dev.stemfleet.dispatcher.plan.PublishTimes;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What holds for all jobs of a submit, with every name found in the catalogs.
///
/// @param stems empty for all that the channels make
/// @param publish null to say nothing about times
record Choices(
    List<Channel> channels,
    List<Stem> stems,
    List<Product> products,
    ModelRef model,
    @Nullable PublishSlots publish) {
  private static final String ALL = "all";
  private static final Map<String, Product> PRODUCTS = productsByName();

  /// @param usualModel where the fields name none
  /// @throws RequestException naming the field and what is known
  static Choices of(
      JobFields fields,
      ChannelCatalog channels,
      ModelCatalog models,
      String usualModel,
      ZoneId usualZone) {
    String model = fields.model();
    return new Choices(
        channels(fields.channels(), channels),
        each("stem", fields.stems(), Stem::named, keys(Stem.values())),
        products(fields.products()),
        model(model == null ? usualModel : model, models),
        PublishTimes.slots(fields.publishStart(), fields.publishEvery(), fields.zone(), usualZone));
  }

  private static List<Channel> channels(List<String> names, ChannelCatalog catalog) {
    List<String> known = catalog.channels().stream().map(Channel::key).toList();
    if (names.isEmpty()) {
      throw new RequestException(
          "channels: none was named; all is every one of " + String.join(", ", known));
    }
    if (names.stream().anyMatch(name -> Aliases.fold(name).equals(ALL))) {
      return catalog.channels();
    }
    return each("channel", names, catalog::named, known);
  }

  /// The videos are always made; what is named comes beside them.
  private static List<Product> products(List<String> names) {
    List<Product> named =
        each(
            "product",
            names,
            name -> Optional.ofNullable(PRODUCTS.get(Aliases.fold(name))),
            List.copyOf(PRODUCTS.keySet()));
    return Stream.concat(Stream.of(Product.VIDEO), named.stream()).distinct().toList();
  }

  private static ModelRef model(String id, ModelCatalog catalog) {
    List<String> known = catalog.models().stream().map(model -> model.spec().id()).toList();
    CatalogModel model =
        catalog.find(id).orElseThrow(() -> new RequestException(noModel(id, catalog, known)));
    return model.spec().ref();
  }

  private static String noModel(String id, ModelCatalog catalog, List<String> separating) {
    return catalog
        .entry(id)
        .map(
            other ->
                "model: %s %s and does not separate tracks; those that do are %s"
                    .formatted(id, other.purpose(), String.join(", ", separating)))
        .orElseGet(() -> Nearest.complaint("model", id, separating));
  }

  private static <T> List<T> each(
      String what, List<String> names, Function<String, Optional<T>> find, List<String> known) {
    return names.stream()
        .map(
            name ->
                find.apply(name)
                    .orElseThrow(() -> new RequestException(Nearest.complaint(what, name, known))))
        .distinct()
        .toList();
  }

  private static List<String> keys(Stem... stems) {
    return Arrays.stream(stems).map(Stem::key).toList();
  }

  private static Map<String, Product> productsByName() {
    Map<String, Product> products = new LinkedHashMap<>();
    Stream.of(Product.values())
        .forEach(product -> products.put(Aliases.fold(product.name()), product));
    products.put("audio", Product.MP3);
    return products;
  }
}
