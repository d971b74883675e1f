using Parley.Platform;

namespace Parley.Contacts;

public sealed class ContactIds : IIdKind { public static string Prefix => "con"; }

public sealed class FileIds : IIdKind { public static string Prefix => "fil"; }
