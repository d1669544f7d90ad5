package io.larder.protocol.fileid;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.FileFacts.Kind;
import io.larder.protocol.fileid.NewName.Directory;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/// Names that are made are read back, and no text at all does harm.
class NameProperties {
  @Provide
  Arbitrary<Extension> extensions() {
    return Arbitraries.strings()
        .withChars("abcXYZ019._-")
        .ofMaxLength(Extension.BYTES_MAX)
        .map(Extension::of);
  }

  @Provide
  Arbitrary<String> nearlyNames() {
    return Arbitraries.strings().withChars("M0AFafg/._-\0\u00ffz").ofMaxLength(140);
  }

  @Property
  void aPlainNameSaysWhatItWasMadeOf(
      @ForAll @IntRange(max = 255) int directory,
      @ForAll @IntRange(min = 1) int source,
      @ForAll @IntRange(min = 1_000_000_000) int timestamp,
      @ForAll @LongRange(max = 1L << 50) long size,
      @ForAll int crc32,
      @ForAll("extensions") Extension extension,
      @ForAll long random) {
    Directory place = new Directory(directory, 255 - directory, directory);
    Source from = new Source(source);

    NewName parts = new NewName(place, from, timestamp, crc32, extension, random);
    FileFacts facts = FileFacts.of(parts.plain(size)).orElseThrow();

    assertThat(facts.kind()).isEqualTo(Kind.PLAIN);
    assertThat(facts.source()).isEqualTo(from);
    assertThat(facts.timestamp()).isEqualTo(timestamp);
    assertThat(facts.size()).hasValue(size);
    assertThat(facts.crc32()).isEqualTo(crc32);
    assertThat(Directory.of(parts.plain(size))).isEqualTo(place);
    assertThat(FileFacts.of(parts.appender()).orElseThrow().kind()).isEqualTo(Kind.APPENDER);
  }

  @Property
  void aTrunkNameSaysItsPlace(
      @ForAll @IntRange(min = 1) int trunkFile,
      @ForAll @IntRange(min = 0) int offset,
      @ForAll @IntRange(min = 1) int slotSize,
      @ForAll @IntRange(min = 0) int size,
      @ForAll("extensions") Extension extension,
      @ForAll long random) {
    TrunkPlace place = new TrunkPlace(trunkFile, offset, slotSize);
    NewName parts =
        new NewName(new Directory(0, 0, 0), new Source(7), 1_795_334_272, 5, extension, random);

    LogicalName name = parts.trunk(size, place);

    FileFacts facts = FileFacts.of(name).orElseThrow();
    assertThat(name.text()).hasSize(60);
    assertThat(facts.kind()).isEqualTo(Kind.TRUNK);
    assertThat(facts.trunk()).contains(place);
    assertThat(facts.size()).hasValue(size);
    assertThat(RoutingFacts.of(name).isTrunk()).isTrue();
  }

  @Property(tries = 5000)
  void anyTextIsANameThatStaysInItsDirectoryOrIsRefused(@ForAll("nearlyNames") String text) {
    LogicalName name;
    try {
      name = LogicalName.parse(text);
    } catch (MalformedException refusal) {
      assertThat(refusal).hasMessageStartingWith("filename: ");
      return;
    }

    assertThat(name.trueName()).matches("(?s)[0-9A-F]{2}/[0-9A-F]{2}/[^/\0]+");
    assertThat(name.fileName()).isNotIn(".", "..");
    assertThat(FileFacts.of(name).map(FileFacts::kind)).isNotEqualTo(Optional.of(Kind.TRUNK));
  }

  @Property(tries = 5000)
  void anyTextHasRoutingFacts(
      @ForAll @StringLength(max = 130) @CharRange(from = '\0', to = '\u00ff') String text) {
    RoutingFacts facts = RoutingFacts.of(text);

    assertThat(facts.nameLength()).isEqualTo(text.length());
    assertThat(facts.isNormal()).isEqualTo(!facts.isAppender() && !facts.isSlave());
  }

  @Property
  void aChangedCharacterOutsideTheRandomBitsIsNeverReadAsTheSameFacts(
      @ForAll @IntRange(min = 10, max = 36) int at,
      @ForAll @CharRange(from = ' ', to = '~') char other) {
    String text = "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";
    boolean random = at >= 22 && at <= 25;
    if (random || other == '/' || text.charAt(at) == other) {
      return;
    }
    String changed = text.substring(0, at) + other + text.substring(at + 1);

    assertThat(FileFacts.of(LogicalName.parse(changed)))
        .isNotEqualTo(FileFacts.of(LogicalName.parse(text)));
  }
}
