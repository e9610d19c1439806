package dev.stemfleet.worker.model;

import dev.stemfleet.common.catalog.CatalogEntry;
import dev.stemfleet.common.catalog.CatalogModel;
import dev.stemfleet.common.catalog.CatalogRecogniser;
import dev.stemfleet.common.catalog.CatalogSpeech;
import dev.stemfleet.common.domain.ModelFile;
import dev.stemfleet.common.failure.FailureCode;
import dev.stemfleet.common.failure.JobException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Checks a model's files against their definition, byte by byte, before anything runs them.
final class ModelFiles {
  private ModelFiles() {}

  /// @throws JobException MODEL_BROKEN naming the file and what is wrong with it
  static void verify(CatalogEntry model, ModelFile file) {
    String name = model.place().name(file.path());
    MessageDigest sha256 = sha256();
    try (InputStream stream = model.place().open(file.path());
        DigestInputStream digested = new DigestInputStream(stream, sha256)) {
      long bytes = digested.transferTo(OutputStream.nullOutputStream());
      if (bytes != file.bytes()) {
        throw broken(name, "has %d bytes, its definition says %d".formatted(bytes, file.bytes()));
      }
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw broken(name, "no such file, but %s names it".formatted(model.definedIn()));
    } catch (IOException e) {
      throw broken(name, "cannot be read: " + e.getMessage());
    }
    String found = HexFormat.of().formatHex(sha256.digest());
    if (!found.equals(file.sha256())) {
      throw broken(name, "sha256 is %s, its definition says %s".formatted(found, file.sha256()));
    }
  }

  /// Whether all that a network reads besides its own file is named, so that it is checked, too.
  ///
  /// @throws JobException MODEL_BROKEN naming both files
  static void requireNamed(CatalogEntry model, ModelFile network) {
    String name = model.place().name(network.path());
    try (InputStream stream = model.place().open(network.path())) {
      for (String location : ExternalData.locations(stream)) {
        String path = beside(network.path(), location);
        if (model.allFiles().stream().noneMatch(side -> side.path().equals(path))) {
          throw broken(
              name,
              "reads weights from %s, which %s of %s does not name"
                  .formatted(path, sideField(model), model.definedIn()));
        }
      }
    } catch (IOException e) {
      throw broken(name, "cannot be read: " + e.getMessage());
    }
  }

  private static String sideField(CatalogEntry model) {
    return switch (model) {
      case CatalogModel _ -> "sideFiles";
      case CatalogSpeech _, CatalogRecogniser _ -> "files.side";
    };
  }

  private static String beside(String network, String location) {
    int folder = network.lastIndexOf('/') + 1;
    return network.substring(0, folder) + location.replaceFirst("^(\\./)+", "");
  }

  static JobException broken(String file, String what) {
    return new JobException(FailureCode.MODEL_BROKEN, file + ": " + what);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
