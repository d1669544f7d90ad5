package io.larder.http.download;

import io.larder.http.file.ContentTypes;
import io.larder.http.file.DownloadGate;
import io.larder.http.file.FileRules;
import io.larder.platform.Randomness;
import io.larder.protocol.conf.AntiSteal;
import io.larder.protocol.conf.HttpConf;
import io.larder.protocol.conf.ModuleConf;
import io.larder.protocol.token.AntiStealToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How files are given out, made of the settings once at start.
///
/// @param rules what is answered
/// @param failFile for those whose token is wrong
/// @param bypass a request header that stands in for a token
/// @param token how tokens are made; empty: none is needed
public record DownloadPolicy(
    FileRules rules,
    Optional<FailFile> failFile,
    Optional<ModuleConf.BypassHeader> bypass,
    Optional<AntiStealToken> token) {

  /// How files are given out, as settings.
  ///
  /// @param conf the keys of http.conf
  /// @param folder where the file with these keys lies: relative names in it begin there
  /// @param groupInToken whether tokens made over group and name are good as well
  /// @param bypass a request header that stands in for a token
  public record Conf(
      HttpConf conf, Path folder, boolean groupInToken, Optional<ModuleConf.BypassHeader> bypass) {}

  /// Reads the files that the settings name. Blocks: a worker thread's call.
  ///
  /// @throws IOException when one cannot be read
  public static DownloadPolicy read(Conf from) throws IOException {
    HttpConf conf = from.conf();
    Optional<AntiStealToken> token = token(conf.antiSteal());
    Optional<FailFile> failFile = failFile(conf.antiSteal(), from.folder());
    DownloadGate gate =
        new DownloadGate(
            token,
            from.groupInToken() ? DownloadGate.Form.EITHER : DownloadGate.Form.WITHOUT_GROUP,
            failFile.isPresent());
    RandomGenerator random = Randomness.secure();
    FileRules rules =
        new FileRules(types(conf, from.folder()), gate, conf.multiRange(), random::nextLong);
    return new DownloadPolicy(rules, failFile, from.bypass(), token);
  }

  private static Optional<AntiStealToken> token(AntiSteal settings) {
    return settings.checkToken()
        ? settings.secretKey().map(key -> new AntiStealToken(key, (int) settings.ttl().toSeconds()))
        : Optional.empty();
  }

  private static ContentTypes types(HttpConf conf, Path folder) throws IOException {
    String unknown = conf.defaultContentType();
    if (conf.disabled() || conf.mimeTypesFile().isEmpty()) {
      return ContentTypes.builtIn(unknown);
    }
    Path file = folder.resolve(conf.mimeTypesFile().get());
    return ContentTypes.parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1), unknown);
  }

  private static Optional<FailFile> failFile(AntiSteal settings, Path folder) throws IOException {
    if (settings.failFile().isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.resolve(settings.failFile().get());
    byte[] content = Files.readAllBytes(file);
    return Optional.of(new FailFile(String.valueOf(file.getFileName()), Buffer.buffer(content)));
  }
}
