package io.larder.conformance.kill;

import io.larder.conformance.process.NodePorts;
import io.larder.conformance.process.Web;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import io.larder.conformance.wire.StorageRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A node as one client talks to it: a native connection and HTTP. A call returns when it is answered; an [IOException] means that
/// there was no answer, an [AssertionError] that it was no.
final class Node implements AutoCloseable {
  static final String GROUP = "group1";

  private static final StorageRequests REQUESTS = new StorageRequests(GROUP);
  private static final int NAME_AT = 16;
  private static final String RECORD_END = "\u0001";
  private static final String VALUE_BEGIN = "\u0002";

  private final RawConnection connection;
  private final Web web;

  /// @param web shared by the clients, not closed here
  Node(NodePorts ports, Web web) throws IOException {
    this.connection =
        RawConnection.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.storage()));
    this.web = web;
  }

  String upload(int storePath, byte[] content, String extension) throws IOException {
    return name(StorageRequests.upload(storePath, content, extension));
  }

  String uploadAppender(int storePath, byte[] content, String extension) throws IOException {
    return name(StorageRequests.uploadAppender(storePath, content, extension));
  }

  String uploadSlave(String master, String prefix, String extension, byte[] content)
      throws IOException {
    return name(StorageRequests.uploadSlave(master, prefix, extension, content));
  }

  /// Empty: the source is packed, and nobody hands out the slot that its link needs.
  Optional<String> createLink(KnownFile source, String extension) throws IOException {
    Frame request = REQUESTS.createLink(source.name(), extension);
    Reply reply = connection.ask(request);
    if (source.isPacked() && reply.status() == Status.EBUSY) {
      return Optional.empty();
    }
    return Optional.of(checked(request, reply).text(NAME_AT));
  }

  String regenerate(String appender) throws IOException {
    return name(StorageRequests.regenerate(appender));
  }

  void append(String name, byte[] more) throws IOException {
    done(StorageRequests.append(name, more));
  }

  void modify(String name, long offset, byte[] bytes) throws IOException {
    done(StorageRequests.modify(name, offset, bytes));
  }

  void truncate(String name, long size) throws IOException {
    done(StorageRequests.truncate(name, size));
  }

  void setMetadata(String name, char flag, Map<String, String> metadata) throws IOException {
    String text =
        metadata.entrySet().stream()
            .map(entry -> entry.getKey() + VALUE_BEGIN + entry.getValue())
            .collect(Collectors.joining(RECORD_END));
    done(REQUESTS.setMetadata(name, flag, text));
  }

  void delete(String name) throws IOException {
    done(REQUESTS.named(Commands.DELETE_FILE, name));
  }

  String webUpload(byte[] content, String extension, String durability) throws IOException {
    String id = web.put("f." + extension + "?durability=" + durability, content);
    return id.substring(GROUP.length() + 1);
  }

  void webDelete(String name, String durability) throws IOException {
    int status = web.delete(GROUP + "/" + name + "?durability=" + durability);
    if (status != 204) {
      throw new AssertionError("DELETE of " + name + " answered " + status);
    }
  }

  /// The bytes that HTTP serves under this name.
  byte[] webContent(String name) throws IOException {
    var answer = web.get(GROUP + "/" + name);
    if (answer.statusCode() != 200) {
      throw new AssertionError("GET of " + name + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  /// What is there under this name.
  Version look(String name) throws IOException {
    Reply content = connection.ask(REQUESTS.download(name));
    if (content.status() == Status.ENOENT) {
      return Version.GONE;
    }
    if (content.status() != Status.OK) {
      throw new AssertionError("download of " + name + " answered " + content);
    }
    return Version.of(content.body()).withMetadata(metadata(name));
  }

  private Map<String, String> metadata(String name) throws IOException {
    Reply reply = connection.ask(REQUESTS.named(Commands.GET_METADATA, name));
    if (reply.status() == Status.ENOENT) {
      return Map.of();
    }
    if (reply.status() != Status.OK) {
      throw new AssertionError("metadata of " + name + " answered " + reply);
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String record : new String(reply.body(), StandardCharsets.UTF_8).split(RECORD_END, -1)) {
      String[] pair = record.split(VALUE_BEGIN, -1);
      metadata.put(pair[0], pair[1]);
    }
    return metadata;
  }

  private String name(Frame request) throws IOException {
    return done(request).text(NAME_AT);
  }

  private Reply done(Frame request) throws IOException {
    return checked(request, connection.ask(request));
  }

  private static Reply checked(Frame request, Reply reply) {
    if (reply.status() != Status.OK) {
      throw new AssertionError(request + " answered " + reply);
    }
    return reply;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
