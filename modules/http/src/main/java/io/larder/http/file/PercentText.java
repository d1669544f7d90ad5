package io.larder.http.file;

import io.larder.protocol.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent encoding in URLs. Decoded text has one char per byte (ISO-8859-1), as all texts of the protocol.
public final class PercentText {
  private PercentText() {}

  /// Decodes.
  ///
  /// @param text the encoded text
  /// @param plusIsBlank whether `+` stands for a blank, as it does in queries
  /// @throws MalformedException when a `%` is not followed by two hexadecimal digits
  public static String decode(String text, boolean plusIsBlank) {
    if (text.indexOf('%') < 0 && !(plusIsBlank && text.indexOf('+') >= 0)) {
      return text;
    }
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        out.append((char) octet(text, i));
        i += 2;
      } else {
        out.append(c == '+' && plusIsBlank ? ' ' : c);
      }
    }
    return out.toString();
  }

  /// Encodes all bytes of the text's UTF-8 form but letters, digits and `-._~`.
  public static String encode(String text) {
    var out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (isUnreserved(c)) {
        out.append(c);
      } else {
        out.append('%');
        out.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
      }
    }
    return out.toString();
  }

  /// Decoded bytes as the people's text they are: UTF-8 if they are that, else ISO-8859-1.
  ///
  /// @param octets one char per byte, or a text that was never encoded
  public static String text(String octets) {
    var bytes = new ByteArrayOutputStream(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      if (octets.charAt(i) > 0xFF) {
        return octets;
      }
      bytes.write(octets.charAt(i));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      return octets;
    }
  }

  static boolean isUnreserved(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static int octet(String text, int at) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
    if (low < 0) {
      throw new MalformedException("url: % at " + at + " is not followed by two hex digits");
    }
    return high << 4 | low;
  }
}
