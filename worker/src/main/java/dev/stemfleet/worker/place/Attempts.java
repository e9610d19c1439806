package dev.stemfleet.worker.place;

import java.util.UUID;
import java.util.regex.Pattern;

/// Marks of tries that have begun and not ended, and of those after which a worker gave the job up
/// for others to try. A worker that dies leaves its mark behind, so that a job which takes workers
/// down is known for it wherever it is tried next. Thread-safe.
public final class Attempts {
  /// A job with so many marks is not tried again.
  public static final int POISON = 3;

  /// What marks of given-up tries begin with; how many tries they were follows.
  private static final String GIVEN_BACK = "given-back-";

  private static final Pattern UNUSABLE = Pattern.compile("[^A-Za-z0-9-]");

  private final AttemptMarks all;

  public Attempts(OutputRoot out) {
    this(new FolderMarks(out.attempts()));
  }

  Attempts(AttemptMarks all) {
    this.all = all;
  }

  /// What is known of a run's earlier tries.
  ///
  /// @param unended tries that ended without a word
  /// @param givenBack how often a worker gave the job up for others to try
  /// @param tries all of them
  public record Past(int unended, int givenBack, int tries) {
    public static final Past NONE = new Past(0, 0, 0);

    /// This, and so many tries after which the job was given up.
    public Past andGivenBack(int more) {
      return new Past(unended, givenBack + 1, tries + more);
    }

    private Past andUnended() {
      return new Past(unended + 1, givenBack, tries + 1);
    }
  }

  /// How many tries of a run ended without a word.
  public int unended(String jobId, String run) {
    return past(jobId, run).unended();
  }

  /// All that the marks of a run tell.
  public Past past(String jobId, String run) {
    Past past = Past.NONE;
    for (String name : all.names(marks(jobId, run))) {
      past = name.startsWith(GIVEN_BACK) ? past.andGivenBack(tries(name)) : past.andUnended();
    }
    return past;
  }

  /// Marks that a worker gave a run up for others to try.
  ///
  /// @param tries how often it had tried
  public void giveBack(String jobId, String run, int tries) {
    String name = GIVEN_BACK + tries + "-" + UUID.randomUUID();
    all.put(marks(jobId, run), name);
  }

  /// Marks a try as begun; closing the mark says that it ended in an orderly way.
  public Mark begin(String jobId, String run) {
    String marks = marks(jobId, run);
    String name = UUID.randomUUID().toString();
    all.put(marks, name);
    return new Mark(all, marks, name);
  }

  /// Forgets all tries of a run: it has its result.
  public void forget(String jobId, String run) {
    all.removeAll(marks(jobId, run));
  }

  private static int tries(String name) {
    String number = name.substring(GIVEN_BACK.length()).replaceFirst("-.*", "");
    return number.matches("[0-9]{1,6}") ? Integer.parseInt(number) : 1;
  }

  private static String marks(String jobId, String run) {
    return jobId + "-" + UNUSABLE.matcher(run).replaceAll("_");
  }

  /// A try that runs. Close it from any thread, once or more.
  public static final class Mark implements AutoCloseable {
    private final AttemptMarks all;
    private final String marks;
    private final String name;

    private Mark(AttemptMarks all, String marks, String name) {
      this.all = all;
      this.marks = marks;
      this.name = name;
    }

    @Override
    public void close() {
      // A mark that stays only counts against the job.
      all.remove(marks, name);
    }
  }
}
