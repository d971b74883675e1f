using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using Profile = Parley.Workspaces.Profile;

namespace Parley.Tests.Conversations;

public class InformingTests
{
    private static readonly Origin Speaker = new(Story.Lighthouse, Author.System, "s");
    private static readonly DateTimeOffset Since = Story.Noon.AddDays(-1);
    private static readonly ConversationKind Kind = new();
    private static readonly Conversation Thread = new() { Inbox = Story.Shop, Contact = Story.Ana, Language = "de" };

    [Fact, Trait("row", "OP8")]
    public void OP8_Who_comes_back_is_told_once_whichever_thread_it_is()
    {
        var told = Decide(Thread, Contact.None);
        told.Drafts.Select(draft => draft.Body.GetType()).ShouldBe([typeof(ContactInformed), typeof(Informed)]);
        told.Drafts[0].Subject.ShouldBe(Contact.Subject(Story.Ana));
        var informed = (Informed)told.Drafts[1].Body;
        (informed.Profile, informed.Told.Code, informed.Told.Language).ShouldBe((Profile.Messaging, "profile.messaging", "de"));
        Decide(Thread, Knowing(Since)).Drafts.ShouldBeEmpty();
        Decide(Thread, Knowing(Since.AddHours(-1))).Drafts.Length.ShouldBe(2, "It was about an earlier change.");
    }

    [Fact]
    public void Nothing_is_told_where_it_could_not_be_read()
    {
        foreach (var thread in new[] { Thread with { Mode = Mode.Ended }, Thread with { Spam = true } })
        {
            Decide(thread, Contact.None).Drafts.ShouldBeEmpty();
        }

        Decide(Thread, Contact.None with { Erased = true }).Drafts.ShouldBeEmpty();
        Decide(Thread, Contact.None, seq: 0).Drafts.ShouldBeEmpty();
    }

    [Fact, Trait("row", "OP8")]
    public void OP8_The_sentence_is_there_in_four_languages_and_two_voices_and_can_be_worded_anew()
    {
        foreach (var profile in Enum.GetValues<Profile>())
        {
            var code = Informing.Code(profile);
            Sentences.Has(code).ShouldBeTrue();
            var texts = Wording.Spoken.SelectMany(language => Enum.GetValues<Voice>().Select(voice => (Language: language, Text: Sayings.Ours(code, language, voice)))).ToList();
            texts.Select(text => text.Text).ShouldAllBe(text => text.Length > 20 && !text.Contains('{'));
            texts.Where(text => text.Language != "en").Select(text => text.Text).Distinct().Count().ShouldBe(6, code);
        }

        var own = Telling.Plain with { Texts = Wording.None.Add("de", Wording.None.GetValueOrDefault("de", System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty).Add("profile.messaging", "Ab heute schreiben wir.")) };
        ((Informed)Decide(Thread, Contact.None, telling: own).Drafts[1].Body).Told.Text.ShouldBe("Ab heute schreiben wir.");
    }

    private static Contact Knowing(DateTimeOffset at) => Contact.None with { Known = Contact.None.Known.Add(Story.Shop, new KnownProfile(Profile.Messaging, at)) };

    private static Decision Decide(Conversation it, Contact contact, long seq = 3, Telling? telling = null) => Kind.Decide(
        it,
        new Inform(Speaker, Story.It, Story.Ana, Profile.Messaging, Since) { Moment = new Moment { Telling = telling ?? Telling.Plain } },
        new Deciding(Story.Noon, 3, new Dictionary<Subject, (object, long)> { [Contact.Subject(Story.Ana)] = (contact, seq) }));
}
