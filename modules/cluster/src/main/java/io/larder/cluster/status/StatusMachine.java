package io.larder.cluster.status;

import static io.larder.cluster.status.StatusEffect.ENTER_SERVICE;
import static io.larder.cluster.status.StatusEffect.LEAVE_SERVICE;
import static io.larder.cluster.status.StatusEffect.SAVE;
import static io.larder.cluster.status.StatusEffect.TELL_GROUP;
import static io.larder.protocol.wire.StorageStatus.ACTIVE;
import static io.larder.protocol.wire.StorageStatus.DELETED;
import static io.larder.protocol.wire.StorageStatus.INIT;
import static io.larder.protocol.wire.StorageStatus.IP_CHANGED;
import static io.larder.protocol.wire.StorageStatus.NONE;
import static io.larder.protocol.wire.StorageStatus.OFFLINE;
import static io.larder.protocol.wire.StorageStatus.ONLINE;
import static io.larder.protocol.wire.StorageStatus.RECOVERY;
import static io.larder.protocol.wire.StorageStatus.SYNCING;
import static io.larder.protocol.wire.StorageStatus.WAIT_SYNC;

import io.larder.protocol.Status;
import io.larder.protocol.wire.StorageStatus;
import java.util.EnumSet;
import java.util.Set;

/// How the status of a storage changes on one tracker (S2 §2.1). Pure.
///
/// ```
///   INIT --87/88--> WAIT_SYNC --76(2)--> SYNCING --76(5)--> OFFLINE --81--> ONLINE --83--> ACTIVE
///     \--no source needed--> ONLINE                            ^--closed, silent--------------+
///   INIT WAIT_SYNC SYNCING OFFLINE --93--> DELETED --81--> INIT          any complete --78--> IP_CHANGED
/// ```
///
/// DELETED and IP_CHANGED are left by a new join only. (C lets a beat or a late report lift DELETED,
/// S2 §8 T9: a storage that never got its history then serves reads.)
public final class StatusMachine {
  private StatusMachine() {}

  /// The status that a storage gets which this tracker does not know yet (S2 §1.1, rules 7, 8 and 10).
  ///
  /// @param firstJoin the storage says that it has not been assigned a source yet (init_flag)
  /// @param claimed the status it says it has, -1 when it does not know
  public static StatusStep first(boolean firstJoin, int claimed) {
    if (firstJoin) {
      return new StatusStep.Moved(INIT, Set.of(TELL_GROUP, SAVE));
    }
    StorageStatus status = StorageStatus.of(claimed).orElse(NONE);
    if (isGone(status) || status == NONE) {
      return new StatusStep.Refused(Status.EFAULT);
    }
    StorageStatus next =
        switch (status) {
          case ACTIVE, OFFLINE, RECOVERY -> ONLINE;
          default -> status;
        };
    return new StatusStep.Moved(next, Set.of(TELL_GROUP, SAVE));
  }

  /// The step that an event causes.
  public static StatusStep on(StorageStatus now, StatusEvent event) {
    return switch (event) {
      case StatusEvent.Joined _ -> joined(now);
      case StatusEvent.NoSourceNeeded _ -> isGone(now) ? stay(now) : to(now, ONLINE, SAVE);
      case StatusEvent.SourceAssigned _ -> isGone(now) ? stay(now) : to(now, WAIT_SYNC, SAVE);
      case StatusEvent.SourceDenied _ -> isIncomplete(now) ? to(now, ONLINE, SAVE) : stay(now);
      case StatusEvent.SourceTold _ -> now == INIT ? to(now, WAIT_SYNC, SAVE) : stay(now);
      case StatusEvent.Reported(StorageStatus claimed) -> reported(now, claimed);
      case StatusEvent.Corrected(StorageStatus leaders) -> corrected(now, leaders);
      case StatusEvent.Beat _ -> beat(now);
      case StatusEvent.Disconnected _ -> isComplete(now) ? to(now, OFFLINE) : stay(now);
      case StatusEvent.FellSilent _ -> now == ACTIVE ? to(now, OFFLINE) : stay(now);
      case StatusEvent.DeleteWanted _ -> deleteWanted(now);
      case StatusEvent.AddressGivenUp _ -> addressGivenUp(now);
      case StatusEvent.TrackerRestarted _ ->
          new StatusStep.Moved(isIncomplete(now) ? now : OFFLINE, Set.of());
    };
  }

  private static StatusStep joined(StorageStatus now) {
    return switch (now) {
      case OFFLINE, RECOVERY -> to(now, ONLINE);
      case DELETED, IP_CHANGED, NONE -> to(now, INIT);
      default -> stay(now);
    };
  }

  private static StatusStep reported(StorageStatus now, StorageStatus claimed) {
    boolean believesItself =
        switch (now) {
          case INIT, ONLINE, ACTIVE, RECOVERY -> true;
          default -> isGone(now);
        };
    if (believesItself || claimed == NONE) {
      return stay(now);
    }
    // nobody but its own connection brings a storage into service
    StorageStatus believed = isComplete(claimed) ? OFFLINE : claimed;
    return isGone(believed) || believed.code() > now.code() ? to(now, believed) : stay(now);
  }

  private static StatusStep corrected(StorageStatus now, StorageStatus leaders) {
    boolean bothComplete = isComplete(now) && isComplete(leaders);
    if (now == leaders || isGone(now) || leaders == NONE || bothComplete) {
      return stay(now);
    }
    boolean serving = leaders == ONLINE || leaders == ACTIVE;
    StorageStatus next = serving ? OFFLINE : leaders;
    EnumSet<StatusEffect> effects = EnumSet.of(SAVE);
    if (now == ACTIVE) {
      effects.add(LEAVE_SERVICE);
      effects.add(TELL_GROUP);
    }
    return new StatusStep.Moved(next, effects);
  }

  private static StatusStep beat(StorageStatus now) {
    return switch (now) {
      case INIT, WAIT_SYNC, SYNCING, ACTIVE -> stay(now);
      case DELETED, IP_CHANGED -> new StatusStep.Refused(Status.EACCES);
      default -> to(now, ACTIVE);
    };
  }

  private static StatusStep deleteWanted(StorageStatus now) {
    return switch (now) {
      case ONLINE, ACTIVE, RECOVERY -> new StatusStep.Refused(Status.EBUSY);
      case DELETED -> new StatusStep.Refused(Status.EALREADY);
      case IP_CHANGED, NONE -> new StatusStep.Refused(Status.ENOENT);
      default -> to(now, DELETED);
    };
  }

  private static StatusStep addressGivenUp(StorageStatus now) {
    return switch (now) {
      case ONLINE, ACTIVE, RECOVERY -> new StatusStep.Refused(Status.EBUSY);
      case IP_CHANGED -> new StatusStep.Refused(Status.EALREADY);
      case DELETED, NONE -> new StatusStep.Refused(Status.ENOENT);
      default -> to(now, IP_CHANGED, SAVE);
    };
  }

  /// Whether a storage has left the group: deleted, or moved to another address.
  public static boolean isGone(StorageStatus status) {
    return status == DELETED || status == IP_CHANGED;
  }

  /// Whether its initial history is not complete yet.
  public static boolean isIncomplete(StorageStatus status) {
    return status == INIT || status == WAIT_SYNC || status == SYNCING;
  }

  /// Whether it has its history, connected or not.
  public static boolean isComplete(StorageStatus status) {
    return status == OFFLINE || status == ONLINE || status == ACTIVE;
  }

  private static StatusStep stay(StorageStatus now) {
    return new StatusStep.Moved(now, Set.of());
  }

  private static StatusStep to(StorageStatus now, StorageStatus next, StatusEffect... more) {
    if (now == next) {
      return stay(now);
    }
    EnumSet<StatusEffect> effects = EnumSet.of(TELL_GROUP, more);
    if (next == ACTIVE) {
      effects.add(ENTER_SERVICE);
    } else if (now == ACTIVE) {
      effects.add(LEAVE_SERVICE);
    }
    return new StatusStep.Moved(next, effects);
  }
}
