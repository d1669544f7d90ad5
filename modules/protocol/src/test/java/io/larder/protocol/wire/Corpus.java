package io.larder.protocol.wire;

import io.larder.protocol.vector.Vector;
import io.larder.protocol.vector.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Recorded messages that our codecs take, as the stock that properties cut and change, and the ways
/// in which servers and clients read them.
final class Corpus {
  private static final Map<Command, List<Vector>> BY_COMMAND =
      requests().stream().collect(Collectors.groupingBy(v -> Command.find(v.code()).orElseThrow()));

  private Corpus() {}

  /// Vectors of served commands whose request C accepted or refused for its state only.
  static List<Vector> requests() {
    return Vectors.all().filter(Corpus::isRead).toList();
  }

  /// Every command of the table that is served; nothing of QUIT is read.
  static List<Command> commands() {
    return Arrays.stream(Command.values())
        .filter(command -> command.served() && command != Command.QUIT)
        .toList();
  }

  /// Those of one command.
  static List<Vector> requests(Command command) {
    return BY_COMMAND.getOrDefault(command, List.of());
  }

  /// The same for every command that has any.
  static Collection<List<Vector>> requestsByCommand() {
    return BY_COMMAND.values();
  }

  /// Vectors of served commands with a successful reply.
  static List<Vector> replies() {
    return ReplyVectorTest.successes().toList();
  }

  private static boolean isRead(Vector vector) {
    Command command = Command.find(vector.code()).filter(Command::served).orElse(null);
    boolean refused = vector.reply().exists() && status(vector) == 22;
    return command != null && command != Command.QUIT && !refused;
  }

  private static int status(Vector vector) {
    return Header.read(vector.reply().bytes()).status();
  }

  static byte[] body(Vector vector) {
    return ByteBufUtil.getBytes(vector.request().bytes().skipBytes(Header.SIZE));
  }

  static Header header(Vector vector, long bodyLength) {
    int status = Header.read(vector.request().bytes()).status();
    return new Header(bodyLength, vector.code(), status);
  }

  /// Reads a request as its server does when so many bytes of it have come.
  ///
  /// @throws NotYet when the server would wait for more
  static Request read(Header header, ByteBuf body) {
    Command command = Command.find(header.command()).orElseThrow();
    if (command.server() == Command.Server.TRACKER) {
      return TrackerRequest.read(header, body);
    }
    int head = StorageRequest.headBytes(command, header.bodyLength(), body);
    if (head < 0 || (command.streamed() && head > body.readableBytes())) {
      throw new NotYet();
    }
    int there = Math.min(head, body.readableBytes());
    return StorageRequest.read(header, body.slice(body.readerIndex(), there));
  }

  /// What a request writes as its body or head.
  static byte[] written(Request request) {
    ByteBuf out = Unpooled.buffer();
    request.write(out);
    return ByteBufUtil.getBytes(out.skipBytes(Header.SIZE));
  }

  /// More bytes are needed.
  static final class NotYet extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
