package io.larder.client;

import io.larder.protocol.RefusedException;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.wire.AddressWidth;
import io.larder.protocol.wire.BodyWriter;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.FileReply;
import io.larder.protocol.wire.FileRequest;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.StorageRequest;
import io.larder.protocol.wire.StreamedRequest;
import io.larder.protocol.wire.TextReply;
import io.larder.transport.server.FrameConnection;
import io.larder.transport.server.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A storage that keeps its files in maps: real frames, real answers, no disk.
final class MemoryStorage {
  static final String GROUP = "group1";

  final Map<String, byte[]> files = new ConcurrentHashMap<>();
  final Map<String, String> metadata = new ConcurrentHashMap<>();
  final AtomicInteger requests = new AtomicInteger();
  volatile int refuseMetadataWith;
  volatile boolean hangUp;
  private final AtomicInteger names = new AtomicInteger();

  Session open(FrameConnection connection) {
    return new Talk(connection);
  }

  String newName(String extension) {
    String digits = String.format("%03d", names.incrementAndGet());
    return "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY"
        + (extension.isEmpty() ? "1234" + digits : digits + "." + extension);
  }

  byte[] find(String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new RefusedException(2, name);
    }
    return bytes;
  }

  private final class Talk implements Session {
    private final FrameConnection connection;
    private ByteBuf gathered = Unpooled.EMPTY_BUFFER;
    private int streamedCommand;

    Talk(FrameConnection connection) {
      this.connection = connection;
    }

    @Override
    public void request(int command, int flags, ByteBuf body) {
      try {
        serve(command, flags, body);
      } finally {
        body.release();
      }
    }

    @Override
    public void begin(int command, int flags, long bodyLength, ByteBuf first) {
      streamedCommand = command;
      gathered = Unpooled.buffer().writeBytes(first);
      first.release();
      connection.more();
    }

    @Override
    public void chunk(ByteBuf chunk, boolean last) {
      gathered.writeBytes(chunk);
      chunk.release();
      if (last) {
        serve(streamedCommand, 0, gathered);
      } else {
        connection.loop().execute(connection::more);
      }
    }

    private void serve(int command, int flags, ByteBuf body) {
      requests.incrementAndGet();
      if (hangUp) {
        connection.abort();
        return;
      }
      Header header = new Header(body.readableBytes(), command, flags);
      int head =
          StorageRequest.headBytes(Command.find(command).orElseThrow(), body.readableBytes(), body);
      StorageRequest request = StorageRequest.read(header, body.readSlice(head));
      byte[] content = new byte[body.readableBytes()];
      body.readBytes(content);
      answer(request, content);
    }

    private void answer(StorageRequest request, byte[] content) {
      switch (request) {
        case StreamedRequest.Upload upload -> store(newName(upload.extension().text()), content);
        case StreamedRequest.UploadSlave slave -> {
          find(slave.masterName());
          String master = slave.masterName();
          int dot = master.indexOf('.');
          String stem = dot < 0 ? master : master.substring(0, dot);
          String ext = slave.extension().isEmpty() ? "" : "." + slave.extension().text();
          store(stem + slave.prefix().text() + ext, content);
        }
        case StreamedRequest.Append append -> {
          byte[] old = find(append.name());
          byte[] grown = Arrays.copyOf(old, old.length + content.length);
          System.arraycopy(content, 0, grown, old.length, content.length);
          files.put(append.name(), grown);
          connection.reply(0);
        }
        case StreamedRequest.Modify modify -> {
          int offset = (int) modify.offset();
          byte[] old = find(modify.name());
          byte[] changed = Arrays.copyOf(old, Math.max(old.length, offset + content.length));
          System.arraycopy(content, 0, changed, offset, content.length);
          files.put(modify.name(), changed);
          connection.reply(0);
        }
        case FileRequest file -> answer(file);
        default -> throw new RefusedException(22, "not here");
      }
    }

    private void answer(FileRequest request) {
      switch (request) {
        case FileRequest.Truncate cut -> {
          files.put(cut.name(), Arrays.copyOf(find(cut.name()), (int) cut.newSize()));
          connection.reply(0);
        }
        case FileRequest.Regenerate old -> {
          byte[] content = find(old.name());
          files.remove(old.name());
          store(newName("log"), content);
        }
        case FileRequest.Delete gone -> {
          find(gone.name());
          files.remove(gone.name());
          connection.reply(0);
        }
        case FileRequest.Download wanted -> {
          byte[] content = find(wanted.name());
          int from = (int) wanted.offset();
          int count = wanted.count() == 0 ? content.length - from : (int) wanted.count();
          connection.reply(connection.frame(count).writeBytes(content, from, count));
        }
        case FileRequest.SetMetadata set -> {
          find(set.name());
          if (refuseMetadataWith != 0) {
            throw new RefusedException(refuseMetadataWith, "on purpose");
          }
          String before = metadata.getOrDefault(set.name(), "");
          boolean merge = set.flag() == FileRequest.SetMetadata.MERGE && !before.isEmpty();
          metadata.put(set.name(), merge ? before + "\1" + set.metadata() : set.metadata());
          connection.reply(0);
        }
        case FileRequest.GetMetadata get -> {
          find(get.name());
          reply(new TextReply(metadata.getOrDefault(get.name(), "")));
        }
        case FileRequest.QueryInfo info ->
            reply(
                new FileReply.FileInfo(
                    AddressWidth.NARROW,
                    find(info.name()).length,
                    1_700_000_000L,
                    0x85bc2385,
                    "10.0.0.1"));
        case FileRequest.CreateLink _ -> throw new RefusedException(22, "not here");
      }
    }

    private void store(String name, byte[] content) {
      files.put(name, content);
      reply(new FileReply.StoredName(GROUP, name));
    }

    private void reply(Reply reply) {
      ByteBuf frame = connection.frame(64);
      reply.writeBody(new BodyWriter(frame));
      connection.reply(frame);
    }
  }

  static FileId id(String name) {
    return FileId.parse(GROUP + "/" + name);
  }
}
