package io.larder.conformance.client;

/// A file as clients name it.
///
/// @param group its group
/// @param name its logical name
public record StoredFile(String group, String name) {
  /// The same group with another name.
  public StoredFile named(String other) {
    return new StoredFile(group, other);
  }

  @Override
  public String toString() {
    return group + "/" + name;
  }
}
