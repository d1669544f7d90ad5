package io.larder.platform;

/// A symbolic link; it is whole as soon as its name is there.
final class MemoryLink extends MemoryNode {
  private final String target;

  MemoryLink(String target) {
    this.target = target;
  }

  String target() {
    return target;
  }

  @Override
  FileStatus.Kind kind() {
    return FileStatus.Kind.LINK;
  }

  @Override
  long size() {
    return target.length();
  }
}
