package io.larder.platform;

/// Keeps all, or nothing.
///
/// @param all which of the two
record PowerCutExtreme(boolean all) implements PowerCut {
  @Override
  public boolean keepsChange() {
    return all;
  }

  @Override
  public int size(int versions) {
    return all ? versions - 1 : 0;
  }

  @Override
  public int time(int versions) {
    return size(versions);
  }

  @Override
  public int block(int versions) {
    return size(versions);
  }

  @Override
  public int sectors(int all) {
    return all;
  }
}
