package io.larder.store;

/// Has a writer thread give back the trunk space that it has not cut yet.
final class GiveBackSlots extends StoreJob {
  private final PathThread through;

  private GiveBackSlots(PathThread through) {
    this.through = through;
    thread = through;
  }

  /// Sends one to every writer; none is waited for.
  static void by(StorePaths paths) {
    for (StorePath path : paths.all()) {
      for (PathThread writer : path.writers()) {
        writer.queue().push(new GiveBackSlots(writer));
      }
    }
  }

  @Override
  Progress perform(PathThread on) {
    through.slots().giveBack();
    return Progress.DONE;
  }

  @Override
  protected void completed() {}
}
