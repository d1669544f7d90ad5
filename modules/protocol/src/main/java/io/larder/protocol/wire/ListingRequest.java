package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.checkLength;

import io.larder.protocol.fileid.StorageId;

/// Tracker requests that list what the cluster is made of (S1 §3.1 to §3.7).
public sealed interface ListingRequest extends TrackerRequest {
  /// Command 90: the state of one group.
  record ListOneGroup(String group) implements ListingRequest {
    static ListOneGroup read(Header header, BodyReader in) {
      ListOneGroup request = new ListOneGroup(in.text("group", GROUP));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.LIST_ONE_GROUP.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
    }
  }

  /// Command 91: the state of all groups.
  record ListAllGroups() implements ListingRequest {
    static ListAllGroups read(Header header, BodyReader in) {
      in.end();
      return new ListAllGroups();
    }

    @Override
    public int code() {
      return Command.LIST_ALL_GROUPS.code();
    }

    @Override
    public void writeBody(BodyWriter out) {}
  }

  /// Command 92: the storages of a group.
  ///
  /// @param storageId the only storage asked for; empty for all
  record ListStorages(String group, String storageId) implements ListingRequest {
    public ListStorages {
      checkLength("storage_id", storageId, 0, StorageId.BYTES_MAX);
    }

    static ListStorages read(Header header, BodyReader in) {
      String group = in.text("group", GROUP);
      checkLength("storage_id", in.remaining(), 0, StorageId.BYTES_MAX);
      return new ListStorages(group, in.restText("storage_id"));
    }

    @Override
    public int code() {
      return Command.LIST_STORAGE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("storage_id", storageId);
    }
  }

  /// Command 95: which tracker leads.
  record GetLeader() implements ListingRequest {
    static GetLeader read(Header header, BodyReader in) {
      in.end();
      return new GetLeader();
    }

    @Override
    public int code() {
      return Command.GET_LEADER.code();
    }

    @Override
    public void writeBody(BodyWriter out) {}
  }

  /// Command 96: the trackers of the cluster, from its leader.
  ///
  /// @param filterBy 1 = by `isActive`, 2 = by `isLeader`, 3 = both, 0 = all
  record TrackerClusterStat(int filterBy, int isActive, int isLeader) implements ListingRequest {
    static TrackerClusterStat read(Header header, BodyReader in) {
      TrackerClusterStat request =
          new TrackerClusterStat(
              in.uint8("filter_by"), in.uint8("is_active"), in.uint8("is_leader"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.TRACKER_CLUSTER_STAT.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(filterBy);
      out.int8(isActive);
      out.int8(isLeader);
    }
  }

  /// Command 97: the storages of all groups.
  ///
  /// @param filterBy 1 = by `isTrunkServer`, 2 = by `status`, 3 = both, 0 = all
  /// @param operator `=` or `!`: how `status` is compared
  record StorageClusterStat(int filterBy, char operator, int status, int isTrunkServer)
      implements ListingRequest {
    static StorageClusterStat read(Header header, BodyReader in) {
      StorageClusterStat request =
          new StorageClusterStat(
              in.uint8("filter_by"),
              (char) in.uint8("op"),
              in.uint8("status_filter"),
              in.uint8("is_trunk_server"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.STORAGE_CLUSTER_STAT.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(filterBy);
      out.int8(operator);
      out.int8(status);
      out.int8(isTrunkServer);
    }
  }

  /// Command 98: the space of all groups.
  ///
  /// @param filterBy any of 1 = by disk, 2 = by trunk, 4 = by space; 0 = all
  record VolumeStat(int filterBy, int isDiskAvailable, int isTrunkAvailable, int isSpaceAvailable)
      implements ListingRequest {
    static VolumeStat read(Header header, BodyReader in) {
      VolumeStat request =
          new VolumeStat(
              in.uint8("filter_by"),
              in.uint8("is_disk_available"),
              in.uint8("is_trunk_available"),
              in.uint8("is_space_available"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.STORAGE_VOLUMN_STAT.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(filterBy);
      out.int8(isDiskAvailable);
      out.int8(isTrunkAvailable);
      out.int8(isSpaceAvailable);
    }
  }
}
