package io.larder.http.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parameters of a URL as FastDFS reads them (S5 §3): names are case-sensitive, the first of a name counts, those
/// behind the 32nd do not, one without `=` or without a name is passed over.
public final class Query {
  /// No parameters.
  public static final Query NONE = new Query("", List.of());

  private static final int PARAMETERS_MAX = 32;

  private record Parameter(String name, String value) {}

  private final String text;
  private final List<Parameter> parameters;

  private Query(String text, List<Parameter> parameters) {
    this.text = text;
    this.parameters = parameters;
  }

  /// Reads what stands behind the `?`.
  ///
  /// @throws io.larder.protocol.MalformedException when percent encoding is broken
  public static Query parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    var parameters = new ArrayList<Parameter>();
    for (int at = 0; at <= text.length() && parameters.size() < PARAMETERS_MAX; ) {
      int ampersand = text.indexOf('&', at);
      int end = ampersand < 0 ? text.length() : ampersand;
      int equals = text.indexOf('=', at);
      if (equals > at && equals < end) {
        String name = PercentText.decode(text.substring(at, equals), true);
        String value = PercentText.decode(text.substring(equals + 1, end), true);
        parameters.add(new Parameter(name, value));
      }
      at = end + 1;
    }
    return new Query(text, parameters);
  }

  /// The decoded value of a parameter, one char per byte.
  public Optional<String> first(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter.value());
      }
    }
    return Optional.empty();
  }

  /// As it came, without `?`.
  public String text() {
    return text;
  }
}
