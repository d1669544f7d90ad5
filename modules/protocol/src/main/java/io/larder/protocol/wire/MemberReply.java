package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.ID;

import io.larder.protocol.MalformedException;
import java.util.Optional;

/// Replies of a tracker to storages, and about ids.
public sealed interface MemberReply extends Reply
    permits StorageBrief,
        ChangeBody,
        MemberReply.Joined,
        MemberReply.SyncSource,
        MemberReply.TrunkFid,
        MemberReply.TrackerState,
        MemberReply.GroupOf,
        MemberReply.StorageIdsPage,
        MemberReply.TrunkServer {
  /// Reply to 81.
  ///
  /// @param sourceId the storage that fills this one; empty if none
  record Joined(int status, String sourceId) implements MemberReply {
    static Joined read(BodyReader in) {
      Joined reply = new Joined(in.uint8("my_status"), in.text("src_id", ID));
      in.end();
      return reply;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(status);
      out.text("src_id", sourceId, ID);
    }
  }

  /// Reply to 79, 86 and 87: nothing, or a source and how far its history is needed.
  record SyncSource(Optional<Source> source) implements MemberReply {
    /// A source and the epoch second up to which its history is needed.
    public record Source(String id, long untilTimestamp) {}

    /// There is no source.
    public static final SyncSource NONE = new SyncSource(Optional.empty());

    static SyncSource read(BodyReader in) {
      if (in.remaining() == 0) {
        return NONE;
      }
      Source source = new Source(in.text("src_id", ID), in.int64("until_timestamp"));
      in.end();
      return new SyncSource(Optional.of(source));
    }

    @Override
    public void writeBody(BodyWriter out) {
      source.ifPresent(from -> {
        out.text("src_id", from.id, ID);
        out.int64(from.untilTimestamp);
      });
    }
  }

  /// Reply to 72.
  record TrunkFid(int trunkFileId) implements MemberReply {
    static TrunkFid read(BodyReader in) {
      TrunkFid reply = new TrunkFid(in.int32("trunk_file_id"));
      in.end();
      return reply;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int32(trunkFileId);
    }
  }

  /// Reply to 64. Both times are seconds, cut to multiples of 300.
  record TrackerState(boolean leader, long runningTime, long restartInterval)
      implements MemberReply {
    static TrackerState read(BodyReader in) {
      TrackerState reply =
          new TrackerState(
              in.uint8("if_leader") != 0, in.int64("running_time"), in.int64("restart_interval"));
      in.end();
      return reply;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(leader ? 1 : 0);
      out.int64(runningTime);
      out.int64(restartInterval);
    }
  }

  /// Reply to 109.
  record GroupOf(String group) implements MemberReply {
    static GroupOf read(BodyReader in) {
      GroupOf reply = new GroupOf(in.text("group", GROUP));
      in.end();
      return reply;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
    }
  }

  /// Reply to 69: a page of lines `id group ip[:port][ rw=mode]`.
  ///
  /// @param total lines there are in all
  /// @param count lines in this page
  record StorageIdsPage(int total, int count, String lines) implements MemberReply {
    static StorageIdsPage read(BodyReader in) {
      return new StorageIdsPage(in.int32("total"), in.int32("count"), in.rest("lines"));
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int32(total);
      out.int32(count);
      out.bytes("lines", lines);
    }
  }

  /// Reply to 94: the id of the trunk server, the one text on the wire that ends with a NUL.
  record TrunkServer(String storageId) implements MemberReply {
    static TrunkServer read(BodyReader in) {
      if (in.remaining() == 0) {
        throw new MalformedException("storage_id: empty");
      }
      return new TrunkServer(in.restText("storage_id"));
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.bytes("storage_id", storageId);
      out.int8(0);
    }
  }
}
