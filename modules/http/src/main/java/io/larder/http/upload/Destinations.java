package io.larder.http.upload;

import io.larder.http.problem.Problem;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.GroupName;
import io.larder.store.Durability;
import io.larder.store.StoreLane;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Chooses where files go: the store of this node if it has one of the wanted group, else another storage.
final class Destinations {
  private final Optional<StoreLane> local;
  private final Optional<RemoteDestination> remote;
  private final Executor loop;

  Destinations(Optional<StoreLane> local, Optional<RemoteDestination> remote, Executor loop) {
    this.local = local;
    this.remote = remote;
    this.loop = loop;
  }

  /// Where files go, and where a file is changed.
  ///
  /// @throws RefusedException when there is no such place, or it cannot promise what is asked
  Destination of(UploadRequest asked) {
    Optional<GroupName> group = asked.group();
    Durability least = asked.durability().orElse(Durability.NONE);
    Optional<LocalDestination> here =
        local
            .map(lane -> new LocalDestination(lane, lane.store().group(), least, loop))
            .filter(own -> group.isEmpty() || group.get().equals(own.group()));
    if (here.isPresent()) {
      return here.get();
    }
    if (remote.isPresent()) {
      checkPromise(least);
      return remote.get().in(group);
    }
    String what = group.map(name -> "group " + name).orElse("any group");
    throw new RefusedException(Status.ENOENT, "No storage of " + what + " is known here.");
  }

  /// The native protocol has no word for it.
  private static void checkPromise(Durability least) {
    if (least != Durability.NONE) {
      throw new RefusedException(
          Status.EOPNOTSUPP,
          "durability="
              + least.text()
              + " can be asked of a node that has the group's files itself. Remedy: send the request there, or set"
              + " [durability] level on its storages.");
    }
  }

  /// The rest of the cluster, if there is any.
  Optional<Destination> elsewhere() {
    return remote.map(other -> other);
  }

  /// A refusal in the form of HTTP.
  static Problem problem(RuntimeException fault) {
    return fault instanceof RefusedException refused
        ? Problem.of(refused)
        : new Problem(500, Status.EIO, "Something went wrong: " + fault);
  }
}
