package dev.stemfleet.dispatcher.cli;

import dev.stemfleet.dispatcher.fetch.Address;
import dev.stemfleet.dispatcher.fetch.FetchException;
import dev.stemfleet.dispatcher.fetch.Fetcher;
import dev.stemfleet.dispatcher.plan.RequestException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Shows the licence of what is about to be fetched and lets nobody past who does not accept it.
///
/// @param shown text of the licence, empty if none was found
/// @param name of it, as far as its text or the model card says
record LicenceGate(String shown, @Nullable String name) {
  private static final Pattern CARD_FIELD =
      Pattern.compile(
          "(?m)^(license|license_name): *['\"\\[]?\\s*([^'\"\\]\\r\\n]+?)\\s*['\"\\]]?\\s*$");
  private static final int LONGEST_NAME = 80;

  /// @throws RequestException if the file cannot be read
  static LicenceGate ofFile(Path file) {
    try {
      return ofText(Files.readString(file));
    } catch (IOException e) {
      throw new RequestException("--licence-file: " + file + " cannot be read: " + e.getMessage());
    }
  }

  /// The repository's licence file, else its model card.
  static LicenceGate find(Fetcher fetcher, Address address) throws InterruptedException {
    String card = address.card() == null ? "" : text(fetcher, address.card()).orElse("");
    @Nullable String named = nameInCard(card);
    for (URI place : address.licences()) {
      Optional<String> text = text(fetcher, place);
      if (text.isPresent()) {
        LicenceGate found = ofText(text.get());
        return named == null ? found : new LicenceGate(found.shown(), named);
      }
    }
    return new LicenceGate(clean(card), named);
  }

  private static Optional<String> text(Fetcher fetcher, URI uri) throws InterruptedException {
    try {
      return fetcher.text(uri);
    } catch (FetchException e) {
      return Optional.empty(); // the file itself may still be there; whoever wants it is asked
    }
  }

  private static LicenceGate ofText(String text) {
    String first = text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    String name = clean(first).replaceFirst("^#+ *", "").strip();
    boolean usable = !name.isEmpty() && name.length() <= LONGEST_NAME;
    return new LicenceGate(clean(text), usable ? name : null);
  }

  /// `license` of the card's head; `license_name` where that only says `other`.
  private static @Nullable String nameInCard(String card) {
    if (!card.startsWith("---")) {
      return null;
    }
    int end = card.indexOf("\n---", 3);
    Matcher field = CARD_FIELD.matcher(end < 0 ? "" : card.substring(0, end));
    @Nullable String licence = null;
    while (field.find()) {
      boolean better = field.group(1).equals("license_name") || licence == null;
      licence = better ? clean(field.group(2)) : licence;
    }
    return licence;
  }

  /// Nothing that a terminal would obey.
  private static String clean(String text) {
    return text.replace("\r\n", "\n").replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
  }

  /// Several files may come from several places.
  static LicenceGate join(List<LicenceGate> gates) {
    List<String> texts = new ArrayList<>();
    gates.stream().map(LicenceGate::shown).filter(t -> !t.isBlank()).distinct().forEach(texts::add);
    return new LicenceGate(String.join("\n\n", texts), gates.getFirst().name());
  }

  /// @param accepted by a flag
  /// @return whether it is accepted, now or before
  boolean pass(Screen screen, ScreenQuestions questions, String licence, boolean accepted) {
    screen.note(
        shown.isBlank()
            ? "no text of a licence was found; --licence says: " + licence
            : "the licence of what is fetched (" + licence + "):\n\n" + shown.strip() + "\n");
    return accepted || questions.yes("Do you accept this licence?");
  }
}
