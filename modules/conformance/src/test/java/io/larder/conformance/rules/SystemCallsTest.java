package io.larder.conformance.rules;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Clock, files, randomness and sleeping belong to `platform`; who is exempt stands in architecture §10.
class SystemCallsTest {
  private static final String[] ALLOWED_FILES = {
    "io.larder.platform..", "io.larder.server.command..", "io.larder.http..", "io.larder.bench..",
  };

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes = ShippedClasses.read();
  }

  @Test
  void nobodyElseReadsAClock() {
    for (String call : new String[] {"currentTimeMillis", "nanoTime"}) {
      noClasses()
          .that()
          .resideOutsideOfPackages("io.larder.platform..", "io.larder.bench..")
          .should()
          .callMethod(System.class, call)
          .check(classes);
    }
    noClasses()
        .that()
        .resideOutsideOfPackages("io.larder.platform..", "io.larder.bench..")
        .should()
        .callMethodWhere(
            target(
                    owner(
                        nameMatching(
                            "java\\.time\\.(Instant|LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime)")))
                .and(target(name("now"))))
        .check(classes);
  }

  @Test
  void nobodySleepsOrDrawsFromHiddenRandomness() {
    noClasses()
        .should()
        .callMethodWhere(target(owner(assignableTo(Thread.class))).and(target(name("sleep"))))
        .check(classes);
    noClasses().should().callMethod(Math.class, "random").check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.larder.bench..")
        .should()
        .callConstructor(java.util.Random.class)
        .check(classes);
  }

  @Test
  void nobodyElseTouchesFiles() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ALLOWED_FILES)
        .should()
        .callMethodWhere(
            target(
                owner(
                    nameMatching(
                        "java\\.nio\\.file\\.Files"
                            + "|java\\.nio\\.channels\\.(FileChannel|AsynchronousFileChannel)"))))
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackages(ALLOWED_FILES)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.(File|FileInputStream|FileOutputStream|RandomAccessFile|FileReader|FileWriter)")
        .check(classes);
  }

  @Test
  void nobodyUsesTheOldFileClass() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .check(classes);
  }

  @Test
  void nativeMemoryAndForeignCallsStayInPlatform() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.larder.platform..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.foreign\\.Linker.*")
        .check(classes);
  }
}
