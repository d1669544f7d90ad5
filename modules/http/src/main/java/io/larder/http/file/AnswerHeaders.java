package io.larder.http.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The headers of an answer in the order they are sent. Names are in the form of RFC 9110; no name or value ever has a
/// line break in it.
public final class AnswerHeaders {
  /// Takes them one by one.
  @FunctionalInterface
  public interface Sink {
    /// Takes a header.
    void put(CharSequence name, CharSequence value);
  }

  private final List<CharSequence> pairs = new ArrayList<>(20);

  /// Visits all.
  public void forEach(Sink sink) {
    for (int i = 0; i < pairs.size(); i += 2) {
      sink.put(pairs.get(i), pairs.get(i + 1));
    }
  }

  /// The value of a header.
  ///
  /// @param name its name, in the case it was put
  public Optional<String> value(String name) {
    for (int i = 0; i < pairs.size(); i += 2) {
      if (name.contentEquals(pairs.get(i))) {
        return Optional.of(pairs.get(i + 1).toString());
      }
    }
    return Optional.empty();
  }

  AnswerHeaders put(CharSequence name, CharSequence value) {
    pairs.add(name);
    pairs.add(value);
    return this;
  }

  @Override
  public String toString() {
    return pairs.toString();
  }
}
