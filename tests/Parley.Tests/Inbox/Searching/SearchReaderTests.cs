using Parley.Conversations;
using Parley.Inbox.Searching;
using Parley.Log;
using Shouldly;

namespace Parley.Tests.Inbox.Searching;

public class SearchReaderTests
{
    [Theory]
    [InlineData("jacket")]
    [InlineData("JACK")]
    [InlineData("jack re")]
    [InlineData("größe")]
    [InlineData("grosse")]
    [InlineData("Facon")]
    [InlineData("groesse")]
    [InlineData("Grösse")]
    [InlineData("yssel")]
    [InlineData("ijsselmeer")]
    [InlineData("espanol")]
    [InlineData("müller")]
    [InlineData("mueller")]
    [InlineData("muller")]
    public async Task Words_are_found_by_their_beginning_without_regard_to_case_and_accents(string query)
    {
        await using var rig = await InboxRig.Start();
        var it = await rig.Opened("The red jacket, Größe M, façon B? For Mueller in español at the IJsselmeer");
        await rig.Opened("Nothing of the kind");
        await rig.Read();
        (await Find(rig, query)).ShouldBe([(it, 3)]);
    }

    [Theory]
    [InlineData("acket")]
    [InlineData("jacket blue")]
    [InlineData("\" OR words MATCH '*")]
    [InlineData("   ")]
    public async Task What_is_not_there_is_not_found(string query)
    {
        await using var rig = await InboxRig.Start();
        await rig.Opened("The red jacket");
        await rig.Read();
        (await Find(rig, query)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Newest_first_in_pages_notes_and_file_names_too()
    {
        await using var rig = await InboxRig.Start();
        var it = await rig.Opened("mast");
        await rig.Do(new WriteNote(rig.By(rig.Kim), it, "the mast is from 1990"));
        await rig.Do(new Post(rig.By(rig.Kim), it, new Content("file", Files: [new FileCard(FileId.New(rig.Desk.Time), "mast-plan.pdf", 1, "application/pdf")]), new Terms("blended", 72)));
        await rig.Read();
        var (first, next) = await rig.Searches.Find(rig.As(rig.Kim), SearchQuestion.Of("mast").Question!, long.MaxValue, 2);
        first.Select(found => found.Seq).ShouldBe([5, 4]);
        var (second, end) = await rig.Searches.Find(rig.As(rig.Kim), SearchQuestion.Of("mast").Question!, next!.Value, 2);
        second.Select(found => found.Seq).ShouldBe([3]);
        end.ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_finds_what_is_in_an_inbox_that_is_closed_to_them()
    {
        await using var rig = await InboxRig.Start();
        await rig.Opened("secret harbour", inbox: rig.Wharf);
        var open = await rig.Opened("secret beach");
        await rig.Read();
        var (found, _) = await rig.Searches.Find(rig.As(rig.Kim, rig.Shop), SearchQuestion.Of("secret").Question!, long.MaxValue, 20);
        found.Select(text => text.Row.Id).ShouldBe([open]);
    }

    [Fact]
    public async Task An_edit_is_found_by_its_new_words_and_not_by_the_old()
    {
        await using var rig = await InboxRig.Start();
        var it = await rig.Opened("anchor");
        await rig.Read();
        var target = new Target(3, "message", new Author(AuthorKind.Contact, rig.Ana.Value), Visibility.Public, false);
        await rig.Do(new Edit(rig.ByAna(), it, 3, Content.Of("keel"), target));
        await rig.Read();
        (await Find(rig, "anchor")).ShouldBeEmpty();
        (await Find(rig, "keel")).ShouldBe([(it, 3)]);
        var (found, _) = await rig.Searches.Find(rig.As(rig.Kim), SearchQuestion.Of("keel").Question!, long.MaxValue, 5);
        found[0].Snippet.ShouldBe("\u0002keel\u0003");
    }

    [Fact]
    public async Task What_was_redacted_or_erased_is_gone_from_the_file_itself()
    {
        await using var rig = await InboxRig.Start();
        var (one, two) = (await rig.Opened("hunter2 is my password"), await rig.Opened("my number is 5551234"));
        await rig.Do(rig.Said(one, rig.ByAna(), "stays findable"));
        await rig.Read();
        (await Find(rig, "hunter2")).ShouldNotBeEmpty();

        await rig.Do(new Redact(rig.By(rig.Kim), one, 3, "password", new Target(3, "message", new Author(AuthorKind.Contact, rig.Ana.Value), Visibility.Public, false)));
        await rig.Do(new Erase(rig.By(rig.Kim), two, "asked to be forgotten"));
        await rig.Read();
        (await Find(rig, "hunter2")).ShouldBeEmpty();
        (await Find(rig, "5551234")).ShouldBeEmpty();
        (await Find(rig, "findable")).ShouldBe([(one, 4)]);

        await rig.Index.Store.Read(session => session.Query<long>("pragma wal_checkpoint(truncate)"));
        var file = ((Parley.Platform.Store.SqliteDialect)rig.Index.Store.Dialect).Path;
        var bytes = await File.ReadAllBytesAsync(file);
        bytes.AsSpan().IndexOf("hunter2"u8).ShouldBe(-1);
        bytes.AsSpan().IndexOf("5551234"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task A_label_that_was_taken_off_does_not_come_back_with_an_edit_that_is_redacted()
    {
        await using var rig = await InboxRig.Start();
        var it = await rig.Opened("The red jacket");
        await rig.Do(new Label(rig.By(rig.Kim), it, "Refund"));
        await rig.Do(new Unlabel(rig.By(rig.Kim), it, "Refund"));
        await rig.Do(new Edit(rig.ByAna(), it, 3, Content.Of("The green jacket"), new Target(3, "message", new Author(AuthorKind.Contact, rig.Ana.Value), Visibility.Public, false)));
        await rig.Read();
        await rig.Do(new Redact(rig.By(rig.Kim), it, 6, "card number", new Target(6, "edited", new Author(AuthorKind.Contact, rig.Ana.Value), Visibility.Public, false)));
        await rig.Read();
        (await rig.Index.Store.Read(session => session.Query<string>("select words from text_words"))).ShouldBe(["the red jacket"]);
    }

    private static async Task<List<(ConversationId, long)>> Find(InboxRig rig, string query)
    {
        var (found, _) = await rig.Searches.Find(rig.As(rig.Kim), SearchQuestion.Of(query).Question!, long.MaxValue, 20);
        return [.. found.Select(text => (text.Row.Id, text.Seq))];
    }
}
