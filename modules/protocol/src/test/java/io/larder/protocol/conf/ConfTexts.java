package io.larder.protocol.conf;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Conf files in memory, on a host of the test's choice. Relative names mean the folder of the outermost file.
final class ConfTexts implements ConfSource {
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, List<String>> hosts = new HashMap<>();
  private List<String> local = List.of("127.0.0.1", "10.0.3.7", "192.168.1.5", "203.0.113.9");

  static ConfTexts of(String file, String text) {
    return new ConfTexts().and(file, text);
  }

  ConfTexts and(String file, String text) {
    files.put(file, text);
    return this;
  }

  ConfTexts host(String name, String... addresses) {
    hosts.put(name, List.of(addresses));
    return this;
  }

  ConfTexts local(String... addresses) {
    local = List.of(addresses);
    return this;
  }

  @Override
  public String resolve(String outermost, String name) {
    int slash = outermost.lastIndexOf('/');
    return name.startsWith("/") || slash < 0 ? name : outermost.substring(0, slash + 1) + name;
  }

  @Override
  public String read(String file) throws IOException {
    String text = files.get(file);
    if (text == null) {
      throw new FileNotFoundException("no such file");
    }
    return text;
  }

  @Override
  public List<String> localAddresses() {
    return local;
  }

  @Override
  public String hostName() {
    return "store1";
  }

  @Override
  public List<String> addressesOf(String host) {
    return hosts.getOrDefault(host, List.of());
  }
}
