package io.larder.http.multipart;

import io.larder.protocol.MalformedException;
import java.util.Locale;
import java.util.Optional;

/// The headers of one part of a form.
///
/// @param name the field's name
/// @param filename the name of a file; empty for a plain field
public record PartHead(String name, Optional<String> filename) {

  /// Reads the headers.
  ///
  /// @param lines the header lines, separated by CR LF, without the empty line behind them
  /// @throws MalformedException when the part does not say its name, or is coded in a way that forms have no more
  static PartHead parse(String lines) {
    Optional<PartHead> head = Optional.empty();
    for (String line : lines.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).trim();
      if (name.equals("content-disposition")) {
        head = Optional.of(disposition(value));
      } else if (name.equals("content-transfer-encoding")) {
        checkEncoding(value);
      }
    }
    return head.orElseThrow(
        () -> new MalformedException("multipart: a part without Content-Disposition"));
  }

  private static void checkEncoding(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (!lower.equals("binary") && !lower.equals("8bit") && !lower.equals("7bit")) {
      throw new MalformedException("multipart: Content-Transfer-Encoding " + value + " in a part");
    }
  }

  private static PartHead disposition(String value) {
    HeaderParameters parameters = HeaderParameters.parse(value);
    if (!parameters.value().equalsIgnoreCase("form-data")) {
      throw new MalformedException("multipart: a part that is no form-data");
    }
    String name =
        parameters
            .get("name")
            .orElseThrow(() -> new MalformedException("multipart: a part without a name"));
    return new PartHead(name, parameters.get("filename"));
  }
}
