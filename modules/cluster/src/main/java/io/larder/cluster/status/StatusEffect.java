package io.larder.cluster.status;

/// What the caller of [StatusMachine] must carry out after a step.
public enum StatusEffect {
  /// Put the storage into the readable and writable lists, as its mode allows.
  ENTER_SERVICE,
  /// Take it out of both lists and forget that it was up.
  LEAVE_SERVICE,
  /// Members must learn the new status: count the group's list as changed.
  TELL_GROUP,
  /// Write the storages file.
  SAVE
}
