package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.ID;
import static io.larder.protocol.wire.RequestRules.checkRange;

import io.larder.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// Tracker requests about who fills whom: sync sources and progress (S2 §1.5 to §1.7).
public sealed interface SyncSourceRequest extends TrackerRequest {
  /// Command 79: the source that the tracker has recorded for the storage that asks.
  record SyncDestQuery() implements SyncSourceRequest {
    static SyncDestQuery read(Header header, BodyReader in) {
      in.end();
      return new SyncDestQuery();
    }

    @Override
    public int code() {
      return Command.SYNC_DEST_QUERY.code();
    }

    @Override
    public void writeBody(BodyWriter out) {}
  }

  /// Command 86: a source asks whether a destination needs its history.
  record SyncSrcReq(String group, String destinationId) implements SyncSourceRequest {
    static SyncSrcReq read(Header header, BodyReader in) {
      SyncSrcReq request = new SyncSrcReq(in.text("group", GROUP), in.text("dest_id", ID));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.SYNC_SRC_REQ.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.text("dest_id", destinationId, ID);
    }
  }

  /// Command 87: a new storage asks who its source is.
  record SyncDestReq() implements SyncSourceRequest {
    static SyncDestReq read(Header header, BodyReader in) {
      in.end();
      return new SyncDestReq();
    }

    @Override
    public int code() {
      return Command.SYNC_DEST_REQ.code();
    }

    @Override
    public void writeBody(BodyWriter out) {}
  }

  /// Command 88: a storage tells a tracker who its source is.
  ///
  /// @param sourceId empty when it needs none
  /// @param untilTimestamp epoch seconds up to which the source's history is needed
  record SyncNotify(String sourceId, long untilTimestamp) implements SyncSourceRequest {
    static SyncNotify read(Header header, BodyReader in) {
      SyncNotify request = new SyncNotify(in.text("src_id", ID), in.int64("until_timestamp"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.SYNC_NOTIFY.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("src_id", sourceId, ID);
      out.int64(untilTimestamp);
    }
  }

  /// Command 89: how far this storage has come with every source.
  record SyncReport(List<Progress> sources) implements SyncSourceRequest {
    /// The largest source timestamp of what arrived from one source, epoch seconds.
    public record Progress(String sourceId, int timestamp) {
      private static final int SIZE = ID + Integer.BYTES;
    }

    public SyncReport {
      checkRange("source_count", sources.size(), 1, MemberRequest.GROUP_STORAGES_MAX);
      sources = List.copyOf(sources);
    }

    static SyncReport read(Header header, BodyReader in) {
      if (in.remaining() % Progress.SIZE != 0) {
        throw new MalformedException(
            "body_length: " + in.remaining() + " (a multiple of 20 needed)");
      }
      int count = in.remaining() / Progress.SIZE;
      checkRange("source_count", count, 1, MemberRequest.GROUP_STORAGES_MAX);
      List<Progress> sources = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        sources.add(new Progress(in.text("src_id", ID), in.int32("timestamp")));
      }
      return new SyncReport(sources);
    }

    @Override
    public int code() {
      return Command.SYNC_REPORT.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      for (Progress source : sources) {
        out.text("src_id", source.sourceId, ID);
        out.int32(source.timestamp);
      }
    }
  }
}
