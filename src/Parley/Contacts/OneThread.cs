using Parley.Log;

namespace Parley.Contacts;

/// <summary>A link in a mail opens its thread and nothing else: by it neither another is begun nor changes who the person is or where they are written to.</summary>
public static class OneThread
{
    public static readonly Refusal Refused = new("thread.only", "The link in the mail is good for this one conversation.", 403);
}
