package fr.grandlivre.bench;

final class Bench {
    private Bench() {}

    public static void main(String[] arguments) {
        System.out.println(Runtime.version() + " " + String.join(" ", arguments));
    }
}
