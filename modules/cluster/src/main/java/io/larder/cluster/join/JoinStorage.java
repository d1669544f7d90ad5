package io.larder.cluster.join;

import static io.larder.cluster.status.StatusMachine.isGone;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.report.Member;
import io.larder.cluster.report.Moves;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.status.StatusMachine;
import io.larder.cluster.status.StatusStep;
import io.larder.cluster.view.Announced;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.Identity;
import io.larder.cluster.view.Link;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.StorageStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Command 81: a storage makes itself known (S2 §1.1). Either everything of it happens or nothing.
///
/// Safe to repeat: a storage that joins again over a new connection is the same member, and the older
/// connection no longer speaks for its state.
///
/// @param changelogSize where a new storage begins to read the changelog
public record JoinStorage(Join ask, Caller caller, long changelogSize)
    implements Change<JoinedStorage> {

  @Override
  public Step<JoinedStorage> on(ClusterView view, Rulebook rules, long now) {
    TrackerNames names = TrackerNames.of(view, ask, caller);
    Optional<GroupView> known = view.group(ask.group());
    if (known.isEmpty() && view.groups().size() >= ClusterView.GROUPS_MAX) {
      throw new RefusedException(
          Status.ENOSPC, "there are " + ClusterView.GROUPS_MAX + " groups, no more are taken");
    }
    GroupView group = known.orElseGet(() -> GroupView.empty(ask.group()));
    Identity identity = Identification.of(ask, caller, group, rules.identity());
    group = group.withShape(GroupFit.of(group, ask, identity, rules.identity()));
    Optional<StorageView> member = group.storage(identity.id());
    Moves moved =
        member.isPresent() ? again(group, member.get(), identity) : first(group, identity);
    List<Effect> effects = new ArrayList<>(moved.effects());
    effects.addAll(saves(known, moved.group(), member.isEmpty()));
    StorageView storage = moved.storage();
    JoinedStorage answer =
        new JoinedStorage(
            new Member(ask.group(), identity.id(), caller.connection()),
            names.self(),
            names.all(),
            storage.status(),
            storage.source().map(source -> source.id()));
    return new Step<>(view.with(moved.group()).withTrackers(names.all()), answer, effects);
  }

  private Moves first(GroupView group, Identity identity) {
    if (group.storages().size() >= GroupView.STORAGES_MAX) {
      throw new RefusedException(
          Status.ENOSPC,
          "group " + ask.group() + " has " + GroupView.STORAGES_MAX + " storages already");
    }
    return switch (StatusMachine.first(ask.initFlag() == 1, ask.status())) {
      case StatusStep.Refused(int status) ->
          throw new RefusedException(
              status,
              "storage " + identity.id() + " is unknown here and does not know its own status");
      case StatusStep.Moved moved ->
          Moves.of(
              group,
              linked(StorageView.added(identity, moved.next(), announced()), moved.next()),
              moved);
    };
  }

  private Moves again(GroupView group, StorageView known, Identity identity) {
    refuseSecondHolder(known, identity);
    StorageView returning = known.withIdentity(identity).withAnnounced(announced());
    StorageStatus before = known.status();
    StorageView linked = linked(returning, isGone(before) ? StorageStatus.INIT : before);
    return Moves.of(group, linked, new StatusEvent.Joined());
  }

  private StorageView linked(StorageView storage, StorageStatus next) {
    StorageView linked =
        storage.withLink(
            Optional.of(new Link(caller.connection(), caller.peerIp(), caller.sameHost())));
    return next == StorageStatus.INIT ? linked.withChangelogOffset(changelogSize) : linked;
  }

  /// An id belongs to one storage at a time. A connection that still counts holds it against anybody
  /// who comes from another address or has another port (C would merge the two into one entry).
  private void refuseSecondHolder(StorageView known, Identity newcomer) {
    boolean holds =
        known.link().isPresent()
            && known.status() != StorageStatus.OFFLINE
            && !isGone(known.status());
    if (!holds) {
      return;
    }
    Link link = known.link().get();
    boolean sameAddress =
        link.peerIp().equals(caller.peerIp())
            || (link.sameHost() && caller.sameHost())
            || (known.identity().addresses().contains(link.peerIp())
                && known.identity().addresses().contains(caller.peerIp()));
    if (!sameAddress || known.identity().port() != newcomer.port()) {
      throw new RefusedException(
          Status.EEXIST,
          "storage "
              + known.id()
              + " is connected from "
              + link.peerIp()
              + " with port "
              + known.identity().port()
              + "; a second holder of the id, "
              + caller.peerIp()
              + " with port "
              + newcomer.port()
              + ", is refused");
    }
  }

  private Announced announced() {
    return new Announced(
        ask.version(),
        ask.joinTime(),
        ask.upTime(),
        (int) ask.uploadPriority(),
        (int) ask.storePathCount(),
        (int) ask.subdirCountPerPath());
  }

  private static List<Effect> saves(
      Optional<GroupView> before, GroupView after, boolean newStorage) {
    List<Effect> saves = new ArrayList<>();
    if (before.isEmpty() || !before.get().shape().equals(after.shape())) {
      saves.add(new Effect.SaveGroups());
    }
    if (newStorage) {
      saves.add(new Effect.SaveSyncTimestamps());
    }
    return saves;
  }

  /// The tracker list with the names of one join, and this tracker's own entry in it.
  private record TrackerNames(PeerAddress self, List<PeerAddress> all) {
    static TrackerNames of(ClusterView view, Join ask, Caller caller) {
      List<PeerAddress> all = new ArrayList<>(view.trackers());
      for (String line : ask.trackers()) {
        PeerAddress tracker = tracker(line);
        if (!all.contains(tracker)) {
          all.add(tracker);
        }
      }
      if (all.size() > ClusterView.TRACKERS_MAX) {
        throw new RefusedException(
            Status.ENOSPC,
            "storages name " + all.size() + " trackers, at most 16 are taken: " + all);
      }
      PeerAddress self =
          all.stream()
              .filter(tracker -> caller.is(tracker, ask.currentTrackerIp()))
              .findFirst()
              .orElseThrow(() ->
                  new RefusedException(
                      Status.ENOENT,
                      "this tracker, port "
                          + caller.ownPort()
                          + " of "
                          + caller.ownIps()
                          + ", is not among the storage's trackers "
                          + ask.trackers()));
      return new TrackerNames(self, List.copyOf(all));
    }

    private static PeerAddress tracker(String line) {
      try {
        return PeerAddress.parse(line, 0);
      } catch (IllegalArgumentException e) {
        throw new MalformedException("tracker_lines: '" + line + "': " + e.getMessage());
      }
    }
  }
}
