package io.larder.storage.server;

import io.larder.protocol.wire.BodyWriter;
import io.larder.protocol.wire.FileReply;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.Reply;
import io.larder.storage.access.AccessEntry;
import io.larder.storage.access.AccessEntry.Action;
import io.larder.storage.access.AccessLog;
import io.larder.store.StoreJob;
import io.larder.store.StoredFile;
import io.larder.transport.server.FrameConnection;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the request under way, and notes it in the access log. Owner: the event loop of the connection.
final class Replies {
  private static final Logger LOGGER = LoggerFactory.getLogger(Replies.class);
  private static final int NAMED_BODY = 160;

  private final FrameConnection connection;
  private final Surroundings surroundings;
  private final @Nullable AccessLog accessLog;
  private @Nullable Action action;
  private String fileName = "";
  private long requestBytes;
  private long startedMillis;
  private long startedNanos;

  Replies(FrameConnection connection, Surroundings surroundings) {
    this.connection = connection;
    this.surroundings = surroundings;
    this.accessLog = surroundings.accessLog().orElse(null);
  }

  FrameConnection connection() {
    return connection;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Object peer() {
    return connection.peer();
  }

  /// A request begins.
  void begin(long bytes) {
    action = null;
    if (accessLog != null) {
      fileName = "";
      requestBytes = bytes;
      startedMillis = surroundings.clock().millis();
      startedNanos = surroundings.ticker().nanos();
    }
  }

  /// Says what is asked for, for the access log.
  void name(Action what, String name) {
    action = what;
    fileName = name;
  }

  /// Answers without a body.
  void status(int status) {
    note(status, Header.SIZE);
    connection.reply(status);
  }

  /// Answers as a job without a result ended.
  void ended(StoreJob job) {
    if (!job.ok()) {
      LOGGER.debug("peer={} fileId={} refused: {}", connection.peer(), fileName, job.message());
    }
    status(job.status());
  }

  /// Answers with the name that a file has got.
  void stored(StoredFile file) {
    String name = file.name().text();
    fileName = action == Action.RENAME ? fileName + "=>" + name : name;
    body(new FileReply.StoredName(surroundings.group().text(), name), NAMED_BODY);
  }

  /// Answers with a record.
  void body(Reply reply, int roomBytes) {
    ByteBuf frame = connection.frame(roomBytes);
    reply.writeBody(new BodyWriter(frame));
    note(0, frame.writerIndex());
    connection.reply(frame);
  }

  /// Answers with a frame that is filled already.
  void frame(ByteBuf frame) {
    note(0, frame.writerIndex());
    connection.reply(frame);
  }

  /// Notes the request as answered.
  void note(int status, long responseBytes) {
    AccessLog log = accessLog;
    Action what = action;
    if (log == null || what == null) {
      return;
    }
    long used = (surroundings.ticker().nanos() - startedNanos) / 1000;
    log.add(
        new AccessEntry(
            startedMillis,
            connection.peer().getAddress().getHostAddress(),
            what,
            fileName,
            status,
            used,
            requestBytes,
            responseBytes));
  }
}
