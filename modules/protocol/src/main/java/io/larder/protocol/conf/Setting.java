package io.larder.protocol.conf;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One row of a settings table: everything that is known about a key. Immutable.
///
/// Built in words: `Setting.of("port", ValueType.PORT).orElse("22122").means("port to listen on")`.
/// A `#` in section or key stands for a number: `store_path#` is `store_path0`, `store_path1`, …
///
/// @param <T> the typed value
public final class Setting<T> {
  /// What a setting does in Larder.
  public enum Effect {
    /// It does what it says.
    SERVED,
    /// It is turned into something close.
    MAPPED,
    /// It is accepted and does nothing.
    IGNORED
  }

  private final String section;
  private final String key;
  private final ValueType<T> type;
  private final Traits traits;

  private Setting(String section, String key, ValueType<T> type, Traits traits) {
    this.section = section;
    this.key = key;
    this.type = type;
    this.traits = traits;
  }

  /// A setting of the global section.
  public static <T> Setting<T> of(String key, ValueType<T> type) {
    return of("", key, type);
  }

  /// A setting of a section.
  public static <T> Setting<T> of(String section, String key, ValueType<T> type) {
    return new Setting<>(section, key, type, new Traits());
  }

  /// With a default, written as in the file.
  public Setting<T> orElse(String text) {
    return with(t -> t.defaultText = text);
  }

  /// Without a default; what happens then, in words.
  public Setting<T> orElseMeaning(String words) {
    return with(t -> t.absence = words);
  }

  /// What it is for, in one sentence.
  public Setting<T> means(String words) {
    return with(t -> t.meaning = words);
  }

  /// The first FastDFS version that has it, where that is known; `Larder` for our own.
  public Setting<T> since(String version) {
    return with(t -> t.since = version);
  }

  /// May stand several times; each adds an element.
  public Setting<T> repeated() {
    return with(t -> t.repeated = true);
  }

  /// Its value is never shown.
  public Setting<T> secret() {
    return with(t -> t.secret = true);
  }

  /// A value that is refused gives the default and a warning instead of an error.
  public Setting<T> lenient() {
    return with(t -> t.lenient = true);
  }

  /// Accepted, turned into something close.
  public Setting<T> mapped() {
    return with(t -> t.effect = Effect.MAPPED);
  }

  /// Accepted without effect.
  ///
  /// @param reason why, for the report
  public Setting<T> ignored(String reason) {
    return with(t -> {
      t.effect = Effect.IGNORED;
      t.reason = reason;
    });
  }

  /// The same key in another section; what is not said there is taken from this setting.
  public Setting<T> in(String otherSection) {
    Traits own = traits.copy();
    own.defaultText = null;
    own.absence = "as the global one";
    own.fallback = this;
    return new Setting<>(otherSection, key, type, own);
  }

  /// The setting with its `#` filled in: the one of the section first, then the one of the key.
  public Setting<T> at(int number) {
    String digits = Integer.toString(number);
    return section.indexOf('#') >= 0
        ? named(section.replace("#", digits), key)
        : named(section, key.replace("#", digits));
  }

  /// The setting of one key that this row covers.
  Setting<T> named(String exactSection, String exactKey) {
    return new Setting<>(exactSection, exactKey, type, traits);
  }

  private Setting<T> with(Consumer<Traits> change) {
    Traits changed = traits.copy();
    change.accept(changed);
    return new Setting<>(section, key, type, changed);
  }

  public String section() {
    return section;
  }

  public String key() {
    return key;
  }

  public ValueType<T> type() {
    return type;
  }

  public Optional<String> defaultText() {
    return Optional.ofNullable(traits.defaultText);
  }

  /// What happens without a value when there is no default; empty means that a value is required or
  /// simply absent.
  public String absence() {
    return traits.absence;
  }

  public String meaning() {
    return traits.meaning;
  }

  /// The first FastDFS version that has it, empty when it is old or unknown; `Larder` for our own.
  public String since() {
    return traits.since;
  }

  public boolean isRepeated() {
    return traits.repeated;
  }

  public boolean isSecret() {
    return traits.secret;
  }

  public boolean isLenient() {
    return traits.lenient;
  }

  public Effect effect() {
    return traits.effect;
  }

  /// Why it has no effect.
  public String reason() {
    return traits.reason;
  }

  Optional<Setting<?>> fallback() {
    return Optional.ofNullable(traits.fallback);
  }

  /// Whether the row is about this key, numbers filled in.
  boolean covers(String otherSection, String otherKey) {
    return coversSection(otherSection) && coversKey(otherKey);
  }

  boolean coversSection(String otherSection) {
    return matches(section, otherSection);
  }

  boolean coversKey(String otherKey) {
    return matches(key, otherKey);
  }

  boolean isPattern() {
    return section.indexOf('#') >= 0 || key.indexOf('#') >= 0;
  }

  private static boolean matches(String pattern, String text) {
    int hash = pattern.indexOf('#');
    if (hash < 0) {
      return pattern.equals(text);
    }
    String head = pattern.substring(0, hash);
    String tail = pattern.substring(hash + 1);
    int digits = text.length() - head.length() - tail.length();
    return digits >= 1
        && digits <= 4
        && text.startsWith(head)
        && text.endsWith(tail)
        && text.substring(hash, hash + digits).chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// The name for people: `port`, `[error-log] log_file_keep_days`.
  @Override
  public String toString() {
    return section.isEmpty() ? key : "[" + section + "] " + key;
  }

  /// All that is optional about a row. Changed only while a row is built, on a copy of its own.
  private static final class Traits {
    private @Nullable String defaultText;
    private String absence = "";
    private String meaning = "";
    private String reason = "";
    private String since = "";
    private boolean repeated;
    private boolean secret;
    private boolean lenient;
    private Effect effect = Effect.SERVED;
    private @Nullable Setting<?> fallback;

    private Traits copy() {
      var copy = new Traits();
      copy.defaultText = defaultText;
      copy.absence = absence;
      copy.meaning = meaning;
      copy.reason = reason;
      copy.since = since;
      copy.repeated = repeated;
      copy.secret = secret;
      copy.lenient = lenient;
      copy.effect = effect;
      copy.fallback = fallback;
      return copy;
    }
  }
}
