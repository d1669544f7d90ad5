package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.ID;
import static io.larder.protocol.wire.RequestRules.IP;
import static io.larder.protocol.wire.RequestRules.checkRange;

import io.larder.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tracker requests of storages about themselves and their peers (S2 §1).
public sealed interface MemberRequest extends TrackerRequest
    permits Join,
        MemberRequest.ChangeStatus,
        MemberRequest.TrackerGetStatus,
        MemberRequest.ReportStatus,
        MemberRequest.Changelog,
        MemberRequest.ReportIpChanged,
        MemberRequest.Beat,
        MemberRequest.ReportDiskUsage,
        MemberRequest.ReplicaChange {
  /// Most storages of one group.
  int GROUP_STORAGES_MAX = 32;

  /// Command 59: a storage corrects the status a tracker has for it.
  record ChangeStatus(int status) implements MemberRequest {
    static ChangeStatus read(Header header, BodyReader in) {
      ChangeStatus request = new ChangeStatus(in.uint8("status"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.CHANGE_STATUS.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(status);
    }
  }

  /// Command 64: is this tracker the leader, and since when does it run.
  record TrackerGetStatus() implements MemberRequest {
    static TrackerGetStatus read(Header header, BodyReader in) {
      in.end();
      return new TrackerGetStatus();
    }

    @Override
    public int code() {
      return Command.TRACKER_GET_STATUS.code();
    }

    @Override
    public void writeBody(BodyWriter out) {}
  }

  /// Command 76: the status of a storage as another one (or itself, while it recovers) sees it.
  record ReportStatus(String group, StorageBrief storage) implements MemberRequest {
    static ReportStatus read(Header header, BodyReader in) {
      ReportStatus request = new ReportStatus(in.text("group", GROUP), StorageBrief.readOne(in));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.REPORT_STATUS.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      storage.writeBody(out);
    }
  }

  /// Command 77: what happened to storage ids and addresses since this storage last asked.
  ///
  /// @param asker who asks; empty on a connection that has joined
  record Changelog(Optional<Asker> asker) implements MemberRequest {
    /// A storage that has not joined on this connection.
    public record Asker(String group, String storageId) {}

    static Changelog read(Header header, BodyReader in) {
      if (in.remaining() == 0) {
        return new Changelog(Optional.empty());
      }
      Asker asker = new Asker(in.text("group", GROUP), in.text("storage_id", ID));
      in.end();
      return new Changelog(Optional.of(asker));
    }

    @Override
    public int code() {
      return Command.CHANGELOG_REQ.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      asker.ifPresent(who -> {
        out.text("group", who.group, GROUP);
        out.text("storage_id", who.storageId, ID);
      });
    }
  }

  /// Command 78: a storage has moved to another address.
  record ReportIpChanged(String group, String oldIp, String newIp) implements MemberRequest {
    static ReportIpChanged read(Header header, BodyReader in) {
      ReportIpChanged request =
          new ReportIpChanged(
              in.text("group", GROUP), in.text("old_ip", IP), in.text("new_ip", IP));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.REPORT_IP_CHANGED.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.text("old_ip", oldIp, IP);
      out.text("new_ip", newIp, IP);
    }
  }

  /// Command 83: alive.
  ///
  /// @param counters the storage's counters; empty when none changed since the last beat
  record Beat(Optional<StatBlock> counters) implements MemberRequest {
    static Beat read(Header header, BodyReader in) {
      if (in.remaining() == 0) {
        return new Beat(Optional.empty());
      }
      StatBlock counters = StatBlock.read(in);
      in.end();
      return new Beat(Optional.of(counters));
    }

    @Override
    public int code() {
      return Command.STORAGE_BEAT.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      counters.ifPresent(block -> block.write(out));
    }
  }

  /// Command 84: the space of every store path.
  record ReportDiskUsage(List<PathSpace> paths) implements MemberRequest {
    /// Space of one store path in MiB.
    public record PathSpace(long totalMb, long freeMb) {
      private static final int SIZE = Long.BYTES + Long.BYTES;
    }

    private static final int PATHS_MAX = 256;

    public ReportDiskUsage {
      checkRange("store_path_count", paths.size(), 1, PATHS_MAX);
      paths = List.copyOf(paths);
    }

    static ReportDiskUsage read(Header header, BodyReader in) {
      int count = in.remaining() / PathSpace.SIZE;
      checkRange("store_path_count", count, 1, PATHS_MAX);
      List<PathSpace> paths = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        paths.add(new PathSpace(in.int64("total_mb"), in.int64("free_mb")));
      }
      in.end();
      return new ReportDiskUsage(paths);
    }

    @Override
    public int code() {
      return Command.REPORT_DISK_USAGE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      for (PathSpace path : paths) {
        out.int64(path.totalMb);
        out.int64(path.freeMb);
      }
    }
  }

  /// Command 85: where this storage's list of its group differs from the leader's.
  record ReplicaChange(List<StorageBrief> storages) implements MemberRequest {
    public ReplicaChange {
      checkRange("storage_count", storages.size(), 1, GROUP_STORAGES_MAX);
      storages = List.copyOf(storages);
    }

    static ReplicaChange read(Header header, BodyReader in) {
      if (in.remaining() % StorageBrief.SIZE != 0) {
        throw new MalformedException(
            "body_length: " + in.remaining() + " (a multiple of 67 needed)");
      }
      checkRange("storage_count", in.remaining() / StorageBrief.SIZE, 1, GROUP_STORAGES_MAX);
      return new ReplicaChange(StorageBrief.readAll(in));
    }

    @Override
    public int code() {
      return Command.REPLICA_CHG.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      storages.forEach(storage -> storage.writeBody(out));
    }
  }
}
