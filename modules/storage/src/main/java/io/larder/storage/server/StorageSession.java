package io.larder.storage.server;

import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.ActiveTest;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.FileRequest;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.Quit;
import io.larder.protocol.wire.StorageRequest;
import io.larder.protocol.wire.StreamedRequest;
import io.larder.protocol.wire.Unserved;
import io.larder.storage.access.AccessEntry.Action;
import io.larder.store.ChangeHead;
import io.larder.store.StoreLane;
import io.larder.store.UploadHead;
import io.larder.transport.server.FrameConnection;
import io.larder.transport.server.Session;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The requests of one client connection, one at a time: each becomes a job of the store, and the finished job a reply.
///
/// Checks are made in the order of S1 §4: the frame (by the records of `protocol.wire`), the group, the form of the
/// name; the store makes the rest. The jobs are made once per connection and used again.
///
/// Owner: the event loop of the connection.
final class StorageSession implements Session {
  private static final Logger LOGGER = LoggerFactory.getLogger(StorageSession.class);

  private final Surroundings surroundings;
  private final Replies replies;
  private final UploadJobs uploads;
  private final ChangeJobs changes;
  private final FileJobs files;
  private final Download download;

  StorageSession(FrameConnection connection, Surroundings surroundings, StoreLane lane) {
    this.surroundings = surroundings;
    this.replies = new Replies(connection, surroundings);
    this.uploads = new UploadJobs(replies, lane);
    this.changes = new ChangeJobs(replies, lane);
    this.files = new FileJobs(replies, lane, surroundings.facts());
    this.download = new Download(replies, lane);
  }

  @Override
  public void request(int command, int flags, ByteBuf body) {
    replies.begin(Header.SIZE + (long) body.readableBytes());
    try {
      switch (read(new Header(body.readableBytes(), command, flags), body)) {
        case StreamedRequest streamed -> small(streamed, body);
        case FileRequest file -> {
          serve(file);
          body.release();
        }
        case Unserved unserved -> throw unserved(unserved);
        case ActiveTest _, Quit _ ->
            throw new IllegalStateException("command " + command + " is the transport's");
      }
    } catch (RefusedException refused) {
      body.release();
      refuse(refused);
    }
  }

  @Override
  public void begin(int command, int flags, long bodyLength, ByteBuf first) {
    replies.begin(Header.SIZE + bodyLength);
    try {
      switch (read(new Header(bodyLength, command, flags), first)) {
        case StreamedRequest streamed -> large(streamed, first);
        case FileRequest _, Unserved _, ActiveTest _, Quit _ ->
            throw new IllegalStateException("command " + command + " does not stream");
      }
    } catch (RefusedException refused) {
      first.release();
      refuse(refused);
    }
  }

  @Override
  public void chunk(ByteBuf chunk, boolean last) {
    if (uploads.isStreaming()) {
      uploads.chunk(chunk, last);
    } else {
      changes.chunk(chunk, last);
    }
  }

  @Override
  public void partSent() {
    download.partSent();
  }

  @Override
  public void closed() {
    uploads.closed();
    changes.closed();
    download.closed();
  }

  /// Decodes a request and leaves the body's reader at the first byte of the content.
  private StorageRequest read(Header header, ByteBuf body) {
    var command = Command.find(header.command());
    if (command.isEmpty()) {
      return new Unserved(header.command());
    }
    int bodyMax = surroundings.bufferBytes() - Header.SIZE - 1;
    int head = StorageRequest.headBytes(command.get(), header.bodyLength(), body, bodyMax);
    if (head < 0 || head > body.readableBytes()) {
      throw new MalformedException("body_length: " + header.bodyLength() + " (too short)");
    }
    return StorageRequest.read(header, body.readSlice(head));
  }

  private void small(StreamedRequest request, ByteBuf body) {
    switch (request) {
      case StreamedRequest.Upload upload -> {
        replies.name(Action.UPLOAD, "");
        uploads.small(newFile(upload), body);
      }
      case StreamedRequest.UploadSlave slave -> {
        replies.name(Action.UPLOAD, slave.masterName());
        uploads.small(slave(slave), body);
      }
      case StreamedRequest.Append append -> changes.small(append(append), body);
      case StreamedRequest.Modify modify -> changes.small(modify(modify), body);
    }
  }

  private void large(StreamedRequest request, ByteBuf first) {
    switch (request) {
      case StreamedRequest.Upload upload -> {
        replies.name(Action.UPLOAD, "");
        uploads.large(newFile(upload), upload.fileSize(), first);
      }
      case StreamedRequest.UploadSlave slave -> {
        replies.name(Action.UPLOAD, slave.masterName());
        uploads.large(slave(slave), slave.fileSize(), first);
      }
      case StreamedRequest.Append append -> changes.large(append(append), append.size(), first);
      case StreamedRequest.Modify modify -> changes.large(modify(modify), modify.size(), first);
    }
  }

  private static UploadHead newFile(StreamedRequest.Upload upload) {
    return new UploadHead.NewFile(upload.storePath(), upload.extension(), upload.appender());
  }

  private static UploadHead slave(StreamedRequest.UploadSlave slave) {
    LogicalName master = LogicalName.parse(slave.masterName());
    return new UploadHead.Slave(master, slave.prefix(), slave.extension());
  }

  private ChangeHead append(StreamedRequest.Append append) {
    replies.name(Action.APPEND, append.name());
    return new ChangeHead.Append(LogicalName.parse(append.name()));
  }

  private ChangeHead modify(StreamedRequest.Modify modify) {
    replies.name(Action.MODIFY, modify.name());
    return new ChangeHead.Modify(LogicalName.parse(modify.name()), modify.offset());
  }

  private void serve(FileRequest request) {
    switch (request) {
      case FileRequest.Download wanted -> {
        LogicalName name = named(Action.DOWNLOAD, wanted.group(), wanted.name());
        download.start(name, wanted.offset(), wanted.count());
      }
      case FileRequest.Delete gone -> files.delete(named(Action.DELETE, gone.group(), gone.name()));
      case FileRequest.QueryInfo info -> {
        boolean computeCrc = (info.flags() & FileRequest.QueryInfo.WITHOUT_CRC) == 0;
        files.info(named(Action.STATUS, info.group(), info.name()), computeCrc);
      }
      case FileRequest.SetMetadata set ->
          files.setMetadata(named(Action.SET_METADATA, set.group(), set.name()), set);
      case FileRequest.GetMetadata get ->
          files.getMetadata(named(Action.GET_METADATA, get.group(), get.name()));
      case FileRequest.Truncate cut -> {
        replies.name(Action.TRUNCATE, cut.name());
        files.truncate(LogicalName.parse(cut.name()), cut.newSize());
      }
      case FileRequest.Regenerate rename -> {
        replies.name(Action.RENAME, rename.name());
        files.regenerate(LogicalName.parse(rename.name()));
      }
      case FileRequest.CreateLink link -> {
        checkGroup(link.group());
        files.link(link);
      }
    }
  }

  private LogicalName named(Action action, String group, String name) {
    replies.name(action, name);
    checkGroup(group);
    return LogicalName.parse(name);
  }

  private void checkGroup(String group) {
    if (!group.equals(surroundings.group().text())) {
      throw new MalformedException("group: '" + group + "' is not served here");
    }
  }

  private static MalformedException unserved(Unserved unserved) {
    return new MalformedException("command: " + unserved.code() + " is not served");
  }

  private void refuse(RefusedException refused) {
    LOGGER.debug("peer={} refused: {}", replies.peer(), refused.getMessage());
    replies.status(refused.status() == Status.OK ? Status.EIO : refused.status());
  }
}
