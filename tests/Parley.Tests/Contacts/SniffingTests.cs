using System.IO.Compression;
using System.Text;
using Parley.Contacts;
using Shouldly;

namespace Parley.Tests.Contacts;

public class SniffingTests
{
    [Theory]
    [InlineData("image/png", "a.png", "image/png")]
    [InlineData("image/jpg", "a.jpg", "image/jpeg")]
    [InlineData("", "a.PDF", "application/pdf")]
    [InlineData(null, "notes.txt", "text/plain")]
    [InlineData("application/octet-stream", "table.csv", "text/csv")]
    [InlineData("text/plain; charset=utf-8", "x", "text/plain")]
    [InlineData(null, "unknown.xyz", "application/octet-stream")]
    public void A_file_claims_what_its_sender_said_else_what_its_name_says(string? mime, string name, string claimed) => Sniffing.Claimed(mime, name).ShouldBe(claimed);

    [Theory]
    [InlineData("text/plain", "table.csv", "text/csv")]
    [InlineData("text/x-log", "boat.log", "text/plain")]
    [InlineData("application/json", "settings.json", "text/plain")]
    [InlineData("application/vnd.ms-excel", "table.csv", "text/csv")]
    [InlineData("video/mp4", "film.mov", "video/quicktime")]
    [InlineData("", "IMG_0001.HEIC", "image/heic")]
    [InlineData("image/png", "Screenshot at 10.30.15", "image/png")]
    public void Senders_call_some_files_otherwise(string mime, string name, string claimed) => Sniffing.Claimed(mime, name).ShouldBe(claimed);

    [Theory]
    [InlineData("text/plain", "invoice.html")]
    [InlineData("text/plain", "invoice.js")]
    [InlineData("text/plain", "invoice.svg")]
    [InlineData("text/html", "invoice.txt.html ", "text/html")]
    [InlineData("image/png", "picture.pdf")]
    [InlineData("application/pdf", "invoice.png")]
    [InlineData("text/plain", "invoice.hta", "application/octet-stream")]
    [InlineData("text/plain", "invoice.bat", "application/octet-stream")]
    [InlineData("text/plain", "invoice.vbs", "application/octet-stream")]
    [InlineData("text/plain", "invoice.hta. .", "application/octet-stream")]
    [InlineData("application/pdf", "invoice.hta", "application/octet-stream")]
    public void A_name_that_is_not_of_the_type_is_no_such_file(string mime, string name, string? claimed = null) => Sniffing.Claimed(mime, name).ShouldBe(claimed);

    [Fact]
    public void An_office_document_is_an_archive_that_says_what_is_in_it()
    {
        const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        Sniffing.HoldsDocument(Word, Archive("word/document.xml", "[Content_Types].xml")).ShouldBeTrue();
        Sniffing.HoldsDocument(Word, Archive("xl/workbook.xml", "[Content_Types].xml")).ShouldBeFalse();
        Sniffing.HoldsDocument(Word, Archive("word/document.xml")).ShouldBeFalse();
        Sniffing.HoldsDocument(Word, Archive("run.exe")).ShouldBeFalse();
        Sniffing.HoldsDocument(Word, new MemoryStream(Convert.FromHexString("504B030400000000"))).ShouldBeFalse();
    }

    private static MemoryStream Archive(params string[] names)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write("x"u8);
            }
        }

        stream.Position = 0;
        return stream;
    }

    [Theory]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("52494646000000005745425056503820", "image/webp")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("504B0304", "application/zip")]
    [InlineData("4D5A9000", "application/x-msdownload")]
    [InlineData("7F454C46", "application/x-elf")]
    [InlineData("0000001866747970", "video/mp4")]
    [InlineData("000000146674797071742020", "video/quicktime")]
    [InlineData("000000186674797068656963", "image/heic")]
    [InlineData("00000018667479706D696631", "image/heif")]
    [InlineData("0000000877696465", "video/quicktime")]
    [InlineData("1A45DFA3", "video/webm")]
    [InlineData("494433", "audio/mpeg")]
    public void A_signature_tells_what_it_is(string hex, string type) => Sniffing.Of(Convert.FromHexString(hex)).ShouldBe(type);

    [Theory]
    [InlineData("image/png", "FFD8FFE0")]
    [InlineData("text/plain", "4D5A9000")]
    [InlineData("text/plain", "7F454C46")]
    [InlineData("application/pdf", "68656C6C6F")]
    [InlineData("image/png", "68656C6C6F")]
    [InlineData("image/heic", "0000001866747970")]
    [InlineData("text/plain", "610062")]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "255044462D")]
    public void What_its_bytes_do_not_bear_out_is_no_such_file(string claimed, string hex) => Sniffing.BearsOut(claimed, Convert.FromHexString(hex)).ShouldBeFalse();

    [Theory]
    [InlineData("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "504B0304")]
    [InlineData("audio/mp4", "0000001866747970")]
    [InlineData("video/quicktime", "0000001866747970")]
    [InlineData("image/heif", "000000186674797068656963")]
    public void Some_types_are_wrapped_in_another(string claimed, string hex) => Sniffing.BearsOut(claimed, Convert.FromHexString(hex)).ShouldBeTrue();

    [Fact]
    public void Text_is_any_text_even_where_the_head_ends_within_a_character()
    {
        Sniffing.BearsOut("text/plain", "Grüße, 你好"u8).ShouldBeTrue();
        Sniffing.BearsOut("text/csv", Encoding.Latin1.GetBytes("Größe;Preis")).ShouldBeTrue();
        Sniffing.BearsOut("text/plain", Encoding.UTF8.GetBytes(new string('a', Sniffing.Length - 1) + "€")[..Sniffing.Length]).ShouldBeTrue();
    }
}
