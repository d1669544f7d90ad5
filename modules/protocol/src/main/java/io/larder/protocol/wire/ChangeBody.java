package io.larder.protocol.wire;

import io.larder.protocol.MalformedException;
import java.util.List;
import java.util.Optional;

/// Reply to 83, 84 and 89: what the leading tracker has to tell this storage (S2 §1.2).
///
/// Each part is empty when there is nothing new. A tracker that does not lead never has news.
/// [StorageBrief#NONE] as leader or trunk server says that there is none.
///
/// @param leader the leading tracker: its ip as id and ip, its port
/// @param trunkServer the trunk server of the group
/// @param storages all storages of the group in id order, deleted ones too
public record ChangeBody(
    Optional<StorageBrief> leader,
    Optional<StorageBrief> trunkServer,
    Optional<List<StorageBrief>> storages)
    implements MemberReply {
  /// Nothing new.
  public static final ChangeBody NOTHING =
      new ChangeBody(Optional.empty(), Optional.empty(), Optional.empty());

  private static final int LEADER = 1;
  private static final int TRUNK_SERVER = 2;
  private static final int STORAGES = 4;

  public ChangeBody {
    storages = storages.map(List::copyOf);
  }

  static ChangeBody read(BodyReader in) {
    int flags = in.uint8("flags");
    if (flags > (LEADER | TRUNK_SERVER | STORAGES)) {
      throw new MalformedException("flags: " + flags);
    }
    if (in.remaining() % StorageBrief.SIZE != 0) {
      throw new MalformedException("body_length: " + in.remaining() + " bytes after the flags");
    }
    Optional<StorageBrief> leader = brief(in, flags, LEADER);
    Optional<StorageBrief> trunkServer = brief(in, flags, TRUNK_SERVER);
    if ((flags & STORAGES) != 0) {
      return new ChangeBody(leader, trunkServer, Optional.of(StorageBrief.readAll(in)));
    }
    in.end();
    return new ChangeBody(leader, trunkServer, Optional.empty());
  }

  private static Optional<StorageBrief> brief(BodyReader in, int flags, int flag) {
    return (flags & flag) == 0 ? Optional.empty() : Optional.of(StorageBrief.readOne(in));
  }

  @Override
  public void writeBody(BodyWriter out) {
    out.int8(
        (leader.isPresent() ? LEADER : 0)
            | (trunkServer.isPresent() ? TRUNK_SERVER : 0)
            | (storages.isPresent() ? STORAGES : 0));
    leader.ifPresent(brief -> brief.writeBody(out));
    trunkServer.ifPresent(brief -> brief.writeBody(out));
    storages.ifPresent(briefs -> briefs.forEach(brief -> brief.writeBody(out)));
  }
}
