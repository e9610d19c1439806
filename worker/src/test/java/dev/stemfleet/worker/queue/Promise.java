package dev.stemfleet.worker.queue;

import java.util.function.Function;

/// What a queue promises: the rows of the page's table. Every row is kept by tests of the contract,
/// which name it with [Keeps].
enum Promise {
  ONCE("every job is handed out, to one worker at a time, and once if nothing goes wrong"),
  ORDER("first in, first out; a track's jobs one after the other"),
  ONE_WORKER("a track stays with one worker, as long as no worker comes or goes"),
  HELD("a worker holds", terms -> terms.held().words),
  LONG_JOBS("a job of many locks is not handed out again"),
  LATE("a worker that joins late gets", terms -> terms.late().words),
  AT_ONCE("a new job reaches a waiting worker at once"),
  SILENT("the job of a killed or frozen worker is handed out again", terms -> terms.silent().words),
  ZOMBIE("a frozen worker that goes on learns that it lost its job before it places outputs"),
  TELLING("the result of a worker that lost its job in between is", terms -> terms.telling().words),
  RELEASE("a job that is given back comes again; one that is given up does not"),
  REPUBLISH("a job can be sent to the queue's end as new"),
  LEAVING("a worker that is to leave takes nothing new and finishes its job in peace"),
  REST("jobs that wait behind that last job", terms -> terms.leaving().words),
  COUNT("the delivery count counts", terms -> terms.count().words);

  private final String sentence;

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final Function<Terms, String> words;

  Promise(String sentence) {
    this(sentence, terms -> "yes");
  }

  Promise(String sentence, Function<Terms, String> words) {
    this.sentence = sentence;
    this.words = words;
  }

  /// A row of the table.
  String row(Terms... queues) {
    StringBuilder row = new StringBuilder("| ").append(sentence).append(" |");
    for (Terms terms : queues) {
      row.append(' ').append(words.apply(terms)).append(" |");
    }
    return row.toString();
  }
}
