package io.larder.cluster.view;

import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One group and its storages, sorted by id in byte order. Immutable; the readable and the writable
/// ones are sorted out once, when the view is made, so that a query only indexes lists.
public final class GroupView {
  /// Most storages a group can have (S1 §0).
  public static final int STORAGES_MAX = 32;

  private final GroupName name;
  private final GroupShape shape;
  private final TrunkState trunk;
  private final GroupSpace space;
  private final int changes;
  private final List<StorageView> storages;
  private final Turns turns;
  private final List<StorageView> readable;
  private final List<StorageView> writable;

  private GroupView(
      GroupName name,
      GroupShape shape,
      TrunkState trunk,
      GroupSpace space,
      int changes,
      List<StorageView> storages,
      Turns turns) {
    this.name = name;
    this.shape = shape;
    this.trunk = trunk;
    this.space = space;
    this.changes = changes;
    this.storages = List.copyOf(storages);
    this.turns = turns;
    this.readable = this.storages.stream().filter(StorageView::isReadable).toList();
    this.writable = this.storages.stream().filter(StorageView::isWritable).toList();
  }

  /// A group without storages.
  public static GroupView empty(GroupName name) {
    return new GroupView(
        name,
        GroupShape.UNKNOWN,
        TrunkState.NONE,
        GroupSpace.UNKNOWN,
        1,
        List.of(),
        new Turns(new Rotation(), new Rotation()));
  }

  public GroupName name() {
    return name;
  }

  public GroupShape shape() {
    return shape;
  }

  public TrunkState trunk() {
    return trunk;
  }

  /// Space of its fullest writable storage.
  public GroupSpace space() {
    return space;
  }

  /// Counts changes of the member list, from 1; members that saw another number get the list.
  public int changes() {
    return changes;
  }

  /// All storages, also deleted ones, sorted by id.
  public List<StorageView> storages() {
    return storages;
  }

  /// Those that serve reads, sorted by id.
  public List<StorageView> readable() {
    return readable;
  }

  /// Those that take writes, sorted by id.
  public List<StorageView> writable() {
    return writable;
  }

  public Turns turns() {
    return turns;
  }

  /// The storage with that id.
  public Optional<StorageView> storage(StorageId id) {
    return storage(id.text());
  }

  /// The storage with an id that a peer sent, whatever it looks like.
  public Optional<StorageView> storage(String id) {
    int place = placeOf(id);
    return place < 0 ? Optional.empty() : Optional.of(storages.get(place));
  }

  public GroupView withShape(GroupShape next) {
    return new GroupView(name, next, trunk, space, changes, storages, turns);
  }

  public GroupView withTrunk(TrunkState next) {
    return new GroupView(name, shape, next, space, changes, storages, turns);
  }

  public GroupView withSpace(GroupSpace next) {
    return new GroupView(name, shape, trunk, next, changes, storages, turns);
  }

  /// The member list counts as changed: every member gets it with its next beat.
  public GroupView changed() {
    return new GroupView(name, shape, trunk, space, changes + 1, storages, turns);
  }

  /// Puts a storage in, in place of the one with the same id if there is one.
  public GroupView with(StorageView storage) {
    List<StorageView> next = new ArrayList<>(storages);
    int place = placeOf(storage.id().text());
    if (place >= 0) {
      next.set(place, storage);
    } else {
      next.add(-place - 1, storage);
    }
    return new GroupView(name, shape, trunk, space, changes, next, turns);
  }

  /// The order number for the next storage that is added.
  public int nextOrder() {
    int next = 0;
    for (StorageView storage : storages) {
      next = Math.max(next, storage.identity().order() + 1);
    }
    return next;
  }

  private int placeOf(String id) {
    int low = 0;
    int high = storages.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = storages.get(middle).id().text().compareTo(id);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /// Whose turn it is among the writable and the readable storages.
  public record Turns(Rotation write, Rotation read) {}

  /// Space that counts for the choice of a group, in MB.
  public record GroupSpace(long totalMb, long freeMb) {
    public static final GroupSpace UNKNOWN = new GroupSpace(0, 0);
  }
}
