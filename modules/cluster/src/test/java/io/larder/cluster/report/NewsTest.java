package io.larder.cluster.report;

import static io.larder.cluster.view.Given.group;
import static io.larder.cluster.view.Given.storage;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.cluster.ledger.Leadership;
import io.larder.cluster.report.News.Seen;
import io.larder.cluster.view.GroupView;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.fileid.StorageId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewsTest {
  private static final PeerAddress ME = PeerAddress.parse("10.0.0.1:22122", 0);
  private static final PeerAddress OTHER = PeerAddress.parse("10.0.0.2:22122", 0);
  private static final Leadership MINE = new Leadership(Optional.of(ME), Optional.of(ME), 1);
  private static final GroupView GROUP = group("group1", storage("a"));

  @Test
  void aNewConnectionIsToldLeaderTrunkServerAndList() {
    News news = News.since(Seen.NOTHING, MINE, GROUP, true);

    assertThat(news.leader()).isTrue();
    assertThat(news.trunk()).isTrue();
    assertThat(news.list()).isTrue();
  }

  @Test
  void nothingIsToldTwice() {
    Seen seen = News.since(Seen.NOTHING, MINE, GROUP, true).seen();

    assertThat(News.since(seen, MINE, GROUP, true)).isEqualTo(new News(false, false, false, seen));
  }

  @Test
  void withoutTrunkFilesNobodyIsToldOfTrunkServers() {
    assertThat(News.since(Seen.NOTHING, MINE, GROUP, false).trunk()).isFalse();
  }

  @Test
  void aChangedListAndANewTrunkServerAreTold() {
    Seen seen = News.since(Seen.NOTHING, MINE, GROUP, true).seen();
    GroupView next =
        GROUP.changed().withTrunk(GROUP.trunk().appointed(Optional.of(StorageId.of("a"))));

    News news = News.since(seen, MINE, next, true);

    assertThat(news.leader()).isFalse();
    assertThat(news.trunk()).isTrue();
    assertThat(news.list()).isTrue();
  }

  @Test
  void whoCameIntoServiceIsToldOfItsGroupAgain() {
    Seen seen = News.since(Seen.NOTHING, MINE, GROUP, true).seen().withoutGroup();

    News news = News.since(seen, MINE, GROUP, true);

    assertThat(news.leader()).isFalse();
    assertThat(news.trunk()).isTrue();
    assertThat(news.list()).isTrue();
  }

  @Test
  void aTrackerThatDoesNotLeadTellsNothing() {
    Leadership follows = new Leadership(Optional.of(ME), Optional.of(OTHER), 3);

    assertThat(News.since(Seen.NOTHING, follows, GROUP, true))
        .isEqualTo(new News(false, false, false, Seen.NOTHING));
    assertThat(News.since(Seen.NOTHING, Leadership.NONE, GROUP, true).list()).isFalse();
  }
}
