package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.checkRange;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.GroupName;
import java.util.ArrayList;
import java.util.List;

/// Command 81: a storage makes itself known to a tracker (S2 §1.1).
///
/// @param initFlag 1 while the storage has not been told its sync source yet, else 0
/// @param status the storage's own idea of its status, signed; -1 when it has none yet
/// @param storageId its id; empty without storage ids
/// @param currentTrackerIp the address of the tracker as the storage knows it
/// @param trackers every tracker in the storage's conf, as `ip[,ip2]:port`
public record Join(
    GroupName group,
    long storagePort,
    long storePathCount,
    long subdirCountPerPath,
    long uploadPriority,
    long joinTime,
    long upTime,
    String version,
    int initFlag,
    byte status,
    String storageId,
    String currentTrackerIp,
    List<String> trackers)
    implements MemberRequest {
  private static final int TERMINATED_GROUP = GroupName.BYTES_MAX + 1;
  private static final int VERSION = 8;
  private static final int COUNT_MAX = 256;
  private static final int TRACKERS_MAX = 16;
  private static final int TRACKER_LINE_MAX = 100;

  public Join {
    checkRange("storage_port", storagePort, 1, 0xFFFF);
    checkRange("store_path_count", storePathCount, 1, COUNT_MAX);
    checkRange("subdir_count_per_path", subdirCountPerPath, 1, COUNT_MAX);
    checkRange("tracker_count", trackers.size(), 1, TRACKERS_MAX);
    trackers = List.copyOf(trackers);
  }

  static Join read(Header header, BodyReader in) {
    GroupName group = GroupName.of(in.text("group_name", TERMINATED_GROUP));
    long port = in.int64("storage_port");
    long storePaths = in.int64("store_path_count");
    long subdirs = in.int64("subdir_count_per_path");
    long priority = in.int64("upload_priority");
    long joinTime = in.int64("join_time");
    long upTime = in.int64("up_time");
    String version = in.text("version", VERSION);
    int initFlag = in.uint8("init_flag");
    byte status = in.int8("status");
    String id = in.text("storage_id", RequestRules.ID);
    String trackerIp = in.text("current_tracker_ip", RequestRules.IP);
    List<String> trackers = trackers(in);
    return new Join(
        group,
        port,
        storePaths,
        subdirs,
        priority,
        joinTime,
        upTime,
        version,
        initFlag,
        status,
        id,
        trackerIp,
        trackers);
  }

  private static List<String> trackers(BodyReader in) {
    int count = in.length("tracker_count", 1, TRACKERS_MAX);
    RequestRules.checkLength("tracker_lines", in.remaining(), 0, count * TRACKER_LINE_MAX);
    String lines = in.rest("tracker_lines");
    List<String> trackers = new ArrayList<>(count);
    int at = 0;
    for (int i = 0; i < count; i++) {
      int end = lines.indexOf('\n', at);
      if (end < 0) {
        throw new MalformedException("tracker_lines: " + i + " lines, " + count + " announced");
      }
      trackers.add(lines.substring(at, end));
      at = end + 1;
    }
    if (at != lines.length()) {
      throw new MalformedException("tracker_lines: bytes after line " + count);
    }
    return trackers;
  }

  @Override
  public int code() {
    return Command.STORAGE_JOIN.code();
  }

  @Override
  public void writeBody(BodyWriter out) {
    out.text("group_name", group.text(), TERMINATED_GROUP);
    out.int64(storagePort);
    out.int64(storePathCount);
    out.int64(subdirCountPerPath);
    out.int64(uploadPriority);
    out.int64(joinTime);
    out.int64(upTime);
    out.text("version", version, VERSION);
    out.int8(initFlag);
    out.int8(status);
    out.text("storage_id", storageId, RequestRules.ID);
    out.text("current_tracker_ip", currentTrackerIp, RequestRules.IP);
    out.int64(trackers.size());
    for (String tracker : trackers) {
      out.bytes("tracker_lines", tracker);
      out.int8('\n');
    }
  }
}
