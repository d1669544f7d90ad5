package io.larder.cluster.select;

import static io.larder.cluster.view.Given.cluster;
import static io.larder.cluster.view.Given.group;
import static io.larder.cluster.view.Given.policy;
import static io.larder.cluster.view.Given.storage;
import static io.larder.cluster.view.Given.synced;
import static io.larder.cluster.view.Given.withMode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.cluster.view.ClusterView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.RwMode;
import io.larder.protocol.conf.Selection.Download;
import io.larder.protocol.conf.Selection.Server;
import io.larder.protocol.wire.StorageStatus;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FetchChooserTest {
  private static final String G1 = "group1";
  private static final int MADE = 1_700_000_000;
  private static final long SOON = MADE + 10;
  private static final long PLAIN_SIZE = 0x8000_0000_0000_1000L;
  private static final long APPENDER_SIZE = 0x8400_0000_0000_0000L;
  private static final String SOURCE = "10.0.0.2";

  @Test
  void aFreshFileIsReadFromItsSourceOnly() {
    ClusterView view = threeStorages(0);

    assertThat(fetch(view, SOON, 3)).containsExactly(SOURCE, SOURCE, SOURCE);
  }

  @Test
  void replicasThatHaveItTakeTurns() {
    ClusterView view = threeStorages(MADE + 1);

    assertThat(fetch(view, SOON, 4)).containsExactly("10.0.0.1", SOURCE, "10.0.0.3", "10.0.0.1");
  }

  @Test
  void aReplicaOneSecondShortServesAfterTheTimeForOneFile() {
    ClusterView view = threeStorages(MADE - 1);

    assertThat(fetch(view, MADE + 300, 2)).containsExactly(SOURCE, SOURCE);
    assertThat(fetch(view, MADE + 301, 2)).containsExactly("10.0.0.3", "10.0.0.1");
  }

  @Test
  void anOldFileIsReadFromAnybody() {
    ClusterView view = threeStorages(0);

    assertThat(fetch(view, MADE + 86_400, 1)).containsExactly(SOURCE);
    assertThat(fetch(view, MADE + 86_401, 2)).containsExactly("10.0.0.3", "10.0.0.1");
  }

  @Test
  void downloadServerOneGoesToTheSourceFirst() {
    ClusterView view = threeStorages(MADE + 1);
    FetchChooser chooser = chooser(policy().download(Download.SOURCE_FIRST).build());

    assertThat(chooser.fetchOne(view, G1, plain(), SOON).id().text()).isEqualTo(SOURCE);
  }

  @Test
  void anAppenderIsReadFromItsSourceHoweverOld() {
    ClusterView view = threeStorages(MADE + 1);
    FetchChooser chooser = chooser(policy().build());

    assertThat(chooser.fetchOne(view, G1, name(APPENDER_SIZE), MADE + 999_999).id().text())
        .isEqualTo(SOURCE);
    assertThat(chooser.fetchOne(view, G1, plain() + "_120x80", MADE + 999_999).id().text())
        .isEqualTo(SOURCE);
  }

  @Test
  void withoutSourceAndReplicaTheStoreServerIsNamed() {
    ClusterView view = cluster(group("group1", storage("10.0.0.9"), storage("10.0.0.10")));

    assertThat(chooser(policy().build()).fetchOne(view, G1, plain(), SOON).id().text())
        .isEqualTo("10.0.0.10");
  }

  @Test
  void withoutAnybodyReadableItIsNoEntry() {
    ClusterView offline = cluster(group("group1", storage(SOURCE, StorageStatus.OFFLINE, 5)));
    ClusterView writeOnly =
        cluster(
            group(
                "group1",
                withMode(storage("10.0.0.1"), RwMode.WRITE),
                withMode(storage("10.0.0.5"), RwMode.READ)));
    FetchChooser chooser = chooser(policy().build());

    refused(() -> chooser.fetchOne(offline, G1, plain(), SOON));
    refused(() -> chooser.fetchAll(offline, G1, plain(), SOON));
    refused(() -> chooser.fetchOne(cluster(), G1, plain(), SOON));
    refused(() -> chooser.fetchOne(writeOnly, G1, plain(), SOON));
  }

  @Test
  void allHoldersAreListedInIdOrder() {
    ClusterView view =
        cluster(
            group(
                "group1",
                synced(storage("10.0.0.3"), MADE + 5),
                storage(SOURCE),
                synced(storage("10.0.0.1"), MADE - 5)));
    FetchChooser chooser = chooser(policy().build());

    assertThat(chooser.fetchAll(view, G1, plain(), SOON))
        .extracting(s -> s.id().text())
        .containsExactly(SOURCE, "10.0.0.3");
    assertThat(chooser.fetchAll(view, G1, name(APPENDER_SIZE), SOON))
        .extracting(s -> s.id().text())
        .containsExactly(SOURCE);
  }

  @Test
  void changesGoToTheSource() {
    ClusterView view = threeStorages(0);

    assertThat(chooser(policy().build()).update(view, G1, plain()).id().text()).isEqualTo(SOURCE);
  }

  @Test
  void changesGoToAnotherWriterWhenTheSourceTakesNone() {
    ClusterView view =
        cluster(group("group1", storage("10.0.0.1"), withMode(storage(SOURCE), RwMode.READ)));

    assertThat(chooser(policy().build()).update(view, G1, plain()).id().text())
        .isEqualTo("10.0.0.1");
  }

  @Test
  void changesWithoutWriterAreNoEntry() {
    ClusterView view = cluster(group("group1", withMode(storage(SOURCE), RwMode.READ)));

    refused(() -> chooser(policy().build()).update(view, G1, plain()));
  }

  @Test
  void aStorageIdInTheNameIsLittleEndian() {
    String file = name(0xA186_0100, PLAIN_SIZE);

    ClusterView view = cluster(group("group1", storage("100001"), storage("100002")));
    assertThat(chooser(policy().build()).update(view, G1, file).id().text()).isEqualTo("100001");
  }

  @Test
  void garbageFindsNoSourceAndStillGetsAnAnswer() {
    ClusterView view = cluster(group("group1", storage("10.0.0.1")));
    assertThat(chooser(policy().build()).fetchOne(view, G1, "x".repeat(22), 5).id().text())
        .isEqualTo("10.0.0.1");
  }

  private static ClusterView threeStorages(long synced) {
    return cluster(
        group(
            "group1",
            synced(storage("10.0.0.1"), synced),
            storage(SOURCE),
            synced(storage("10.0.0.3"), synced)));
  }

  private static List<String> fetch(ClusterView view, long now, int times) {
    FetchChooser chooser = chooser(policy().server(Server.ROUND_ROBIN).build());
    return IntStream.range(0, times)
        .mapToObj(_ -> chooser.fetchOne(view, G1, plain(), now).id().text())
        .toList();
  }

  private static FetchChooser chooser(SelectionPolicy policy) {
    return new FetchChooser(policy, new StoreChooser(policy));
  }

  private static String plain() {
    return name(PLAIN_SIZE);
  }

  private static String name(long size) {
    return name(0x0A00_0002, size);
  }

  private static String name(int source, long size) {
    ByteBuffer bytes = ByteBuffer.allocate(20).putInt(source).putInt(MADE).putLong(size).putInt(7);
    return "M00/00/00/"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array())
        + "001.jpg";
  }

  private static void refused(ThrowingCallable call) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.status()).isEqualTo(Status.ENOENT));
  }
}
