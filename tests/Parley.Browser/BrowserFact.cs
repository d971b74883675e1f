namespace Parley.Browser;

/// <summary>A test in a real Chromium. Where there is none it is reported as skipped, by name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Missing;
}

/// <summary>The same, told of each case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.Missing;
}

/// <summary>The same, with a real mail server and real mailboxes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MailboxFactAttribute : FactAttribute
{
    public MailboxFactAttribute() => Skip = Chromium.Missing ?? Tests.Counterparts.Dovecot.Missing ?? Tests.Counterparts.Postfix.Missing;
}

/// <summary>Makes pictures instead of judging, into the folder of <c>PARLEY_PICTURES</c>; without one it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PicturesFactAttribute : FactAttribute
{
    public PicturesFactAttribute() => Skip = Chromium.Missing ?? (Picture.Folder is null ? "Pictures are made by eng/pictures." : null);
}
