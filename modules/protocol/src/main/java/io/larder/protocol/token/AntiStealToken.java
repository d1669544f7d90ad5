package io.larder.protocol.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The MD5 token of download URLs (S5 §3), kept for the sake of existing links.
///
/// The token is over the logical name without group, a secret key and a timestamp. MD5 is what every
/// existing link has; the comparison takes the same time whatever differs.
///
/// @param secretKey the key that both sides know
/// @param ttlSeconds how long a token is good
public record AntiStealToken(String secretKey, int ttlSeconds) {
  /// Length of a token.
  public static final int LENGTH = 32;

  /// What a check says.
  public enum Outcome {
    /// The token fits.
    OK,
    /// It has no 32 characters: no token at all.
    MALFORMED,
    /// It may have fitted, but its time is over.
    EXPIRED,
    /// It does not fit.
    WRONG
  }

  /// Makes the token of a file.
  ///
  /// @param logicalName the name without group and without a slash in front, a character per byte
  /// @param timestamp epoch seconds; 0 makes a token that never expires
  public String make(String logicalName, long timestamp) {
    MessageDigest digest = md5();
    digest.update(logicalName.getBytes(StandardCharsets.ISO_8859_1));
    digest.update(secretKey.getBytes(StandardCharsets.UTF_8));
    digest.update(Long.toString(timestamp).getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Checks a token, in the order of the reference: form, time, content. A timestamp in the future is
  /// good, and so is an age of exactly the time to live.
  public Outcome check(String logicalName, String token, long timestamp, long nowSeconds) {
    if (token.length() != LENGTH) {
      return Outcome.MALFORMED;
    }
    if (timestamp != 0 && timestamp < nowSeconds - ttlSeconds) {
      return Outcome.EXPIRED;
    }
    byte[] expected = make(logicalName, timestamp).getBytes(StandardCharsets.ISO_8859_1);
    byte[] given = token.getBytes(StandardCharsets.ISO_8859_1);
    return MessageDigest.isEqual(expected, given) ? Outcome.OK : Outcome.WRONG;
  }

  @Override
  public String toString() {
    return "AntiStealToken[ttlSeconds=" + ttlSeconds + "]";
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
