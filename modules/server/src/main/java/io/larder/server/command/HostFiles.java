package io.larder.server.command;

import io.larder.protocol.conf.ConfSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Conf files and facts of this host, as the conf reader asks for them. Blocks; used at start only.
final class HostFiles implements ConfSource {
  @Override
  public String resolve(String outermost, String name) {
    Path folder = Path.of(outermost).toAbsolutePath().getParent();
    return folder == null ? name : folder.resolve(name).normalize().toString();
  }

  @Override
  public String read(String file) throws IOException {
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    }
  }

  @Override
  public List<String> localAddresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(HostFiles::literal)
          .distinct()
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException("the addresses of this host cannot be listed", e);
    }
  }

  @Override
  public String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  @Override
  public List<String> addressesOf(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host)).map(HostFiles::literal).toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  /// The address as text without the scope that link-local IPv6 addresses carry.
  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
