package io.larder.conformance.kill;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// What a file is at some moment: its bytes and its metadata, or gone.
final class Version {
  static final Version GONE = new Version(Optional.empty(), Map.of());

  private final Optional<byte[]> content;
  private final Map<String, String> metadata;

  private Version(Optional<byte[]> content, Map<String, String> metadata) {
    this.content = content;
    this.metadata = metadata;
  }

  static Version of(byte[] content) {
    return new Version(Optional.of(content), Map.of());
  }

  Version withContent(byte[] other) {
    return new Version(Optional.of(other), metadata);
  }

  Version withMetadata(Map<String, String> other) {
    return new Version(content, Map.copyOf(other));
  }

  boolean isGone() {
    return content.isEmpty();
  }

  byte[] content() {
    return content.orElseThrow();
  }

  Map<String, String> metadata() {
    return metadata;
  }

  boolean sameAs(Version other) {
    boolean sameContent =
        isGone() ? other.isGone() : !other.isGone() && Arrays.equals(content(), other.content());
    return sameContent && metadata.equals(other.metadata);
  }

  @Override
  public String toString() {
    if (isGone()) {
      return "gone";
    }
    CRC32 crc = new CRC32();
    crc.update(content());
    return "%d bytes (crc %08x) %s".formatted(content().length, crc.getValue(), metadata);
  }
}
