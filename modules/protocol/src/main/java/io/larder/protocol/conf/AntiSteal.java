package io.larder.protocol.conf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tokens that a download needs (S5 §3).
///
/// @param checkToken whether a token is needed
/// @param ttl how long a token is good
/// @param secretKey the key of the tokens, given when they are needed
/// @param failFile the file that is sent when a token fails, instead of status 400
public record AntiSteal(
    boolean checkToken, Duration ttl, Optional<String> secretKey, Optional<String> failFile) {
  /// No token is needed.
  public static final AntiSteal OFF =
      new AntiSteal(false, Duration.ofMinutes(10), Optional.empty(), Optional.empty());

  static final Setting<Boolean> CHECK_TOKEN =
      Setting.of("http.anti_steal.check_token", ValueType.BOOL)
          .orElse("false")
          .means("Serve a file only with a token.");
  static final Setting<Duration> TOKEN_TTL =
      Setting.of("http.anti_steal.token_ttl", ValueType.POSITIVE_SECONDS)
          .orElse("600")
          .means("How long a token is good.");
  static final Setting<String> SECRET_KEY =
      Setting.of("http.anti_steal.secret_key", ValueType.text(128))
          .orElseMeaning("required with check_token")
          .secret()
          .means("The key that tokens are made with; never shown.");
  static final Setting<String> FAIL_FILE =
      Setting.of("http.anti_steal.token_check_fail", ValueType.PATH)
          .orElseMeaning("status 400")
          .means("File to send, with status 200, when a token fails.");

  static final List<Setting<?>> ROWS = List.of(CHECK_TOKEN, TOKEN_TTL, SECRET_KEY, FAIL_FILE);

  static AntiSteal read(EffectiveSettings in) {
    if (!in.get(CHECK_TOKEN)) {
      return OFF;
    }
    Optional<String> key = in.find(SECRET_KEY);
    if (key.isEmpty()) {
      throw in.refused(
          SECRET_KEY, "http.anti_steal.check_token = true needs it", SECRET_KEY.type().allowed());
    }
    return new AntiSteal(true, in.get(TOKEN_TTL), key, in.find(FAIL_FILE));
  }

  /// Everything but the key.
  @Override
  public String toString() {
    return "AntiSteal[checkToken=" + checkToken + ", ttl=" + ttl + ", failFile=" + failFile + "]";
  }
}
