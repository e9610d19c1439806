package dev.stemfleet.worker.speech;

/// Sorts tokens by their weights without making an object of each. One thread.
final class Ranking {
  private int[] spare = {};

  /// Sorts the first of the ids: the heaviest first, equal ones by id, which is the order they come
  /// in. A merge sort from short runs to long ones.
  ///
  /// @param weights by id
  void sort(int[] ids, int count, double[] weights) {
    if (spare.length < count) {
      spare = new int[count];
    }
    for (int run = 1; run < count; run *= 2) {
      for (int from = 0; from + run < count; from += 2 * run) {
        merge(ids, from, from + run, Math.min(count, from + 2 * run), weights);
      }
    }
  }

  private void merge(int[] ids, int from, int middle, int to, double[] weights) {
    int count = middle - from;
    System.arraycopy(ids, from, spare, 0, count);
    int left = 0;
    int right = middle;
    int at = from;
    while (left < count) {
      if (right < to && weights[ids[right]] > weights[spare[left]]) {
        ids[at++] = ids[right++];
      } else {
        ids[at++] = spare[left++];
      }
    }
  }
}
