package io.larder.protocol.conf;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Guesses which known word was meant.
final class Spelling {
  private static final int WORD_MAX = 80;

  private Spelling() {}

  /// The known word with the fewest changed letters, if it is close enough to be a slip.
  static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > WORD_MAX) {
      return Optional.empty();
    }
    String small = word.toLowerCase(Locale.ROOT);
    int best = Math.min(4, 1 + word.length() / 5) + 1;
    String nearest = "";
    for (String candidate : known) {
      int distance = distance(small, candidate.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
  }

  /// Inserted, removed and changed letters (Levenshtein).
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
