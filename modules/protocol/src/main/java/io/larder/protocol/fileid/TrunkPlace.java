package io.larder.protocol.fileid;

/// Where a small file lies in a trunk file, as its name tells (S3 §9.4). Store path and directory of
/// the trunk file are those of the name.
///
/// @param trunkFileId number of the trunk file
/// @param offset where the slot begins
/// @param slotSize bytes of the slot, header included
public record TrunkPlace(int trunkFileId, int offset, int slotSize) {
  /// Digits that carry a place.
  static final int DIGITS = 16;
}
