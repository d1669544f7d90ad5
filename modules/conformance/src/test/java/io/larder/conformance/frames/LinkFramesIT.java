package io.larder.conformance.frames;

import static io.larder.conformance.servers.Outcome.DONE;
import static io.larder.conformance.servers.Outcome.INVALID;
import static io.larder.conformance.servers.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.NameFacts;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Command 20: a second name for a file.
class LinkFramesIT extends FrameCase {
  LinkFramesIT(Target target) {
    super(target);
  }

  @Test
  void aLinkIsReadLikeItsSource() throws IOException {
    String source = file("source");

    String link = nameIn(storage(link(source)));

    assertThat(link).hasSize(44).isNotEqualTo(source);
    assertThat(NameFacts.of(link).size()).isEqualTo(6);
    assertThat(content(link)).isEqualTo("source");
    Reply info = storage(named(Commands.QUERY_FILE_INFO, link));
    assertThat(info.int64(0)).isEqualTo(6);
    assertThat((int) info.int64(16)).isEqualTo(NameFacts.of(link).crc32());
  }

  @Test
  void deletingALinkLeavesItsSource() throws IOException {
    String source = file("source");
    String link = nameIn(storage(link(source)));

    storageAnswers(named(Commands.DELETE_FILE, link), DONE);

    storageAnswers(download(link, 0, 0), refused(Status.ENOENT));
    assertThat(content(source)).isEqualTo("source");
  }

  @Test
  void aLinkToNothingAnyMore() throws IOException {
    String source = file("source");
    String link = nameIn(storage(link(source)));

    storageAnswers(named(Commands.DELETE_FILE, source), DONE);

    storageAnswers(download(link, 0, 0), refused(Status.ENOENT));
    storageAnswers(named(Commands.QUERY_FILE_INFO, link), refused(Status.ENOENT));
  }

  @Test
  void aLinkBesideAMaster() throws IOException {
    String master = file("master");
    String source = file("source");

    String link = nameIn(storage(link(master, source, "s", "_s", "txt")));

    assertThat(link).isEqualTo(master.replace(".txt", "_s.txt"));
    assertThat(content(link)).isEqualTo("source");
    storageAnswers(link(master, source, "s", "_s", "txt"), refused(Status.EEXIST));
  }

  @Test
  void aLinkMayDifferInItsExtensionOnly() throws IOException {
    String master = file("master");
    String source = file("source");

    String link = nameIn(storage(link(master, source, "s", "", "jpg")));

    assertThat(link).isEqualTo(master.replace(".txt", ".jpg"));
    assertThat(content(link)).isEqualTo("source");
  }

  @Test
  void theInfoOfALinkBesideAMasterIsThatOfItsContent() throws IOException {
    String master = file("master");
    String link = nameIn(storage(link(master, file("source"), "s", "_s", "txt")));

    Reply info = storage(named(Commands.QUERY_FILE_INFO, link));

    assertThat(info.int64(0)).isEqualTo(6);
    assertThat((int) info.int64(16)).isEqualTo(crc(text("source")));
    assertThat(storage(named(Commands.QUERY_FILE_INFO, link).flags(1)).int64(16)).isZero();
  }

  @Test
  void namesOfLinksHaveALimit() throws IOException {
    String master = "M00/00/00/" + "x".repeat(117);

    storageAnswers(
        link(master, file("source"), "s", "_" + "y".repeat(15), "txt"),
        target.outcome(Deviation.LONG_LINK_NAME));
  }

  @Test
  void namesOfLinksAreChecked() throws IOException {
    String master = file("master");
    String source = file("source");

    storageAnswers(
        link(master, source, "s", "_a b", "txt"), target.outcome(Deviation.LINK_NAME_CHARACTERS));
  }

  @TestFactory
  Stream<DynamicTest> wrongLinksAreRefused() throws IOException {
    String source = file("source");
    String link = nameIn(storage(link(source)));
    return Stream.of(
        onStorage("no body", Frame.of(Commands.CREATE_LINK), INVALID),
        onStorage("62 bytes", Frame.of(Commands.CREATE_LINK).zeros(62), INVALID),
        onStorage("no source", link(NOWHERE), refused(Status.ENOENT)),
        onStorage("a link as source", link(link), INVALID),
        onStorage("no signature", link("", source, "", "", "txt"), INVALID),
        onStorage("signature of 64", link("", source, "s".repeat(64), "", "txt"), INVALID),
        onStorage("source that climbs", link("M00/../00/" + "x".repeat(34)), INVALID),
        onStorage("source of no name", link("", "", "s", "", "txt"), INVALID),
        onStorage(
            "257 bytes of names",
            link("x".repeat(127), "y".repeat(127), "sss", "_s", "txt"),
            INVALID),
        onStorage("master of 128", link("x".repeat(128), source, "s", "_s", "txt"), INVALID),
        onStorage("source of 128", link("", "y".repeat(128), "s", "", "txt"), INVALID),
        onStorage("other group", link("nosuchgroup", "", source), INVALID),
        onStorage("length of source too large", lengths(0, 45, 1, source), INVALID),
        onStorage("length of source negative", lengths(0, -1, 1, source), INVALID),
        onStorage("length of master negative", lengths(-1, 44, 1, source), INVALID),
        onStorage("length of signature too large", lengths(0, 44, 2, source), INVALID));
  }

  private Frame link(String source) {
    return link(group, "", source);
  }

  private static Frame link(String inGroup, String master, String source) {
    return head(master.length(), source.length(), 1, inGroup)
        .text("", 16)
        .text("txt", 6)
        .text(master)
        .text(source)
        .text("s");
  }

  private Frame link(
      String master, String source, String signature, String prefix, String extension) {
    return head(master.length(), source.length(), signature.length(), group)
        .text(prefix, 16)
        .text(extension, 6)
        .text(master)
        .text(source)
        .text(signature);
  }

  private Frame lengths(long master, long source, long signature, String name) {
    return head(master, source, signature, group).text("", 16).text("txt", 6).text(name).text("s");
  }

  private static Frame head(long master, long source, long signature, String inGroup) {
    return Frame.of(Commands.CREATE_LINK)
        .int64(master)
        .int64(source)
        .int64(signature)
        .group(inGroup);
  }
}
