package io.larder.conformance.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rooms of the house and the arrows between them: the table of the architecture, as a test.
class RoomsTest {
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("protocol", Set.of()),
          Map.entry("platform", Set.of()),
          Map.entry("cluster", Set.of("protocol", "platform")),
          Map.entry("store", Set.of("protocol", "platform")),
          Map.entry("transport", Set.of("protocol", "platform")),
          Map.entry("client", Set.of("transport", "protocol", "platform")),
          Map.entry("tracker", Set.of("cluster", "client", "transport", "protocol", "platform")),
          Map.entry(
              "storage", Set.of("store", "cluster", "client", "transport", "protocol", "platform")),
          Map.entry(
              "http", Set.of("client", "store", "cluster", "transport", "protocol", "platform")));

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes = ShippedClasses.read();
  }

  @Test
  void everyRoomHasClasses() {
    Set<String> seen = new TreeSet<>();
    classes.forEach(c -> seen.add(room(c)));

    assertThat(seen).containsAll(MAY_USE.keySet()).contains("server");
  }

  @Test
  void aRoomUsesOnlyWhatTheTableAllows() {
    MAY_USE.forEach((room, allowed) ->
        noClasses()
            .that(isIn(room))
            .should()
            .dependOnClassesThat(isLarderOutside(room, allowed))
            .because("architecture §2: " + room + " may use " + new TreeSet<>(allowed))
            .check(classes));
  }

  @Test
  void pureRoomsStayPure() {
    for (String room : Set.of("protocol", "platform", "cluster", "store")) {
      noClasses()
          .that(isIn(room))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty.channel..", "com.hazelcast..")
          .because("only transport and the roles know sockets")
          .check(classes);
    }
  }

  @Test
  void onlyTheNodeKnowsTheWholeGraph() {
    noClasses()
        .that(isIn("server"))
        .and()
        .resideOutsideOfPackage("io.larder.server.node..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.larder.tracker..", "io.larder.storage..", "io.larder.http..")
        .because("the wiring of roles is in one place")
        .check(classes);
  }

  @Test
  void packagesOfARoomFormNoCycle() {
    for (String room : MAY_USE.keySet()) {
      SlicesRuleDefinition.slices()
          .matching("io.larder." + room + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  private static String room(JavaClass c) {
    String[] parts = c.getPackageName().split("\\.", -1);
    return parts.length > 2 ? parts[2] : "";
  }

  private static DescribedPredicate<JavaClass> isIn(String room) {
    return DescribedPredicate.describe("in room " + room, c -> room(c).equals(room));
  }

  private static DescribedPredicate<JavaClass> isLarderOutside(String room, Set<String> allowed) {
    return DescribedPredicate.describe(
        "in a room that " + room + " may not use",
        c ->
            c.getPackageName().startsWith("io.larder")
                && !room(c).equals(room)
                && !allowed.contains(room(c)));
  }
}
