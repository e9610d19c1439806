package dev.stemfleet.dispatcher.plan;

import dev.stemfleet.common.domain.FileNames;
import dev.stemfleet.common.domain.Fingerprint;
import dev.stemfleet.common.domain.Naming;
import dev.stemfleet.common.domain.Track;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The folders of the tracks of one submit: no two share one, not even on a file system that takes
/// upper and lower case, or composed and decomposed letters, to be the same.
///
/// Whether a track's folder gets a suffix depends on the set of tracks only, not on their order.
final class Folders {
  private Folders() {}

  /// One folder per track, in their order.
  ///
  /// @param tracks with distinct ids
  static List<String> of(List<Track> tracks) {
    List<String> plain = tracks.stream().map(Naming::folder).toList();
    List<String> folded = plain.stream().map(FileNames::fold).toList();
    Map<String, Integer> wanted = new HashMap<>();
    folded.forEach(folder -> wanted.merge(folder, 1, Integer::sum));
    Set<String> taken = new HashSet<>();
    wanted.forEach(
        (folder, count) -> {
          if (count == 1) {
            taken.add(folder);
          }
        });
    List<String> folders = new ArrayList<>(tracks.size());
    for (int i = 0; i < tracks.size(); i++) {
      boolean alone = wanted.getOrDefault(folded.get(i), 0) == 1;
      folders.add(alone ? plain.get(i) : apart(tracks.get(i), taken));
    }
    return folders;
  }

  /// The usual suffix is the beginning of the track's id. Ids that people give often begin alike
  /// (`friday-01`, `friday-02`); then it is made from all of the id.
  private static String apart(Track track, Set<String> taken) {
    String folder = Naming.folderApart(track);
    for (int i = 0; !taken.add(FileNames.fold(folder)); i++) {
      String digest = new Fingerprint("folder").with("id", track.id()).with("try", i).hex();
      folder = Naming.folder(track) + " (" + digest.substring(0, 6) + ")";
    }
    return folder;
  }
}
