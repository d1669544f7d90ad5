package io.larder.http;

import io.larder.protocol.conf.ByteSize;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.Setting;
import io.larder.protocol.conf.SettingsTable;
import io.larder.protocol.conf.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The `[http]` section, which may stand in tracker.conf and storage.conf.
///
/// @param port where HTTP listens; empty means that no HTTP is served (`http.server_port` of old files is then looked at)
/// @param bindAddress the address to bind, empty for all
/// @param writeFrom who may upload and delete
/// @param mode how files of other storages are served
/// @param limits what clients may take
public record HttpSettings(
    Optional<Integer> port, String bindAddress, WriteFrom writeFrom, Mode mode, HttpLimits limits) {
  /// Who may upload and delete over HTTP.
  public enum WriteFrom {
    LOOPBACK,
    ANY
  }

  /// How files that another storage has are served.
  public enum Mode {
    PROXY,
    REDIRECT
  }

  static final Setting<Integer> PORT =
      Setting.of("http", "port", ValueType.integer(1, 65_535))
          .orElseMeaning("no HTTP; larder up: 8080")
          .since("Larder")
          .means("Port of HTTP: file URLs, uploads, the page, metrics and health.");
  static final Setting<String> BIND_ADDR =
      Setting.of("http", "bind_addr", ValueType.TEXT)
          .orElseMeaning("all addresses")
          .since("Larder")
          .means("Address that HTTP listens on.");
  static final Setting<WriteFrom> WRITE_FROM =
      Setting.of(
              "http",
              "write_from",
              ValueType.choice(WriteFrom.class, from -> from == WriteFrom.ANY ? "any" : "loopback"))
          .orElse("loopback")
          .since("Larder")
          .means("Who may upload and delete over HTTP: this machine only, or anybody.");
  static final Setting<Mode> MODE =
      Setting.of(
              "http",
              "mode",
              ValueType.choice(Mode.class, mode -> mode == Mode.PROXY ? "proxy" : "redirect"))
          .orElse("proxy")
          .since("Larder")
          .means("Serve files of other storages through this node, or send the browser there.");
  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.of("http", "max_connections", ValueType.integer(1, 1_000_000))
          .orElseMeaning("a third of the descriptors that the process may open")
          .since("Larder")
          .means("Most HTTP connections at a time; more are answered with 503 and closed.");
  static final Setting<ByteSize> MAX_UPLOAD_SIZE =
      Setting.of("http", "max_upload_size", ValueType.SIZE)
          .orElse("10GB")
          .since("Larder")
          .means("Largest file that an upload may bring; more is refused before its body is read.");
  static final Setting<Integer> MAX_FORM_FILES =
      Setting.of("http", "max_form_files", ValueType.integer(1, 10_000))
          .orElse("1000")
          .since("Larder")
          .means("Most files of one multipart upload.");
  static final Setting<ByteSize> MAX_FIELD_SIZE =
      Setting.of("http", "max_field_size", ValueType.SIZE)
          .orElse("64KB")
          .since("Larder")
          .means("Longest form field of a multipart upload.");
  static final Setting<Duration> IDLE_TIMEOUT =
      Setting.of("http", "idle_timeout", ValueType.POSITIVE_SECONDS)
          .orElse("60")
          .since("Larder")
          .means("Seconds without a byte after which a connection is closed.");

  /// Every setting of the section.
  public static final SettingsTable TABLE =
      SettingsTable.section(
          "http",
          List.of(
              PORT,
              BIND_ADDR,
              WRITE_FROM,
              MODE,
              MAX_CONNECTIONS,
              MAX_UPLOAD_SIZE,
              MAX_FORM_FILES,
              MAX_FIELD_SIZE,
              IDLE_TIMEOUT));

  /// Reads the section from the settings of a role.
  ///
  /// @throws io.larder.protocol.conf.ConfException when a value is refused
  public static HttpSettings read(EffectiveSettings in) {
    return new HttpSettings(
        in.find(PORT),
        in.find(BIND_ADDR).orElse(""),
        in.get(WRITE_FROM),
        in.get(MODE),
        new HttpLimits(
            in.find(MAX_CONNECTIONS),
            in.get(MAX_UPLOAD_SIZE).bytes(),
            in.get(MAX_FORM_FILES),
            (int) Math.min(in.get(MAX_FIELD_SIZE).bytes(), Integer.MAX_VALUE),
            in.get(IDLE_TIMEOUT)));
  }

  /// The same on another port.
  public HttpSettings on(int otherPort) {
    return new HttpSettings(Optional.of(otherPort), bindAddress, writeFrom, mode, limits);
  }
}
