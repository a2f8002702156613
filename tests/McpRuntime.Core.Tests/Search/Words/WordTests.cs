using McpRuntime.Search.Words;

namespace McpRuntime.Tests.Search.Words;

/// <summary>Splitting, stemming, spelling, and the lists of words.</summary>
public class WordTests
{
    [Theory]
    [InlineData("createPaymentIntent", "create payment intent")]
    [InlineData("HTTPServer_v2-beta", "http server v2 beta")]
    [InlineData("issues/{issue_number}", "issues issue number")]
    [InlineData("URLs of IDs", "urls of ids")]
    [InlineData("2010-04-01", "2010 04 01")]
    [InlineData("Überweisung für Müßiggang", "uberweisung fur mussiggang")]
    [InlineData("プロジェクトをarchiveする", "プロジェクトを archive する")]
    [InlineData("…", "")]
    public void Texts_are_split_into_words(string text, string words) =>
        Assert.Equal(words, string.Join(' ', WordSplitter.Split(text)));

    // The examples of Porter's paper, and words of APIs.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("agreed", "agre")]
    [InlineData("plastered", "plaster")]
    [InlineData("motoring", "motor")]
    [InlineData("conflated", "conflat")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("relational", "relat")]
    [InlineData("triplicate", "triplic")]
    [InlineData("adjustment", "adjust")]
    [InlineData("adoption", "adopt")]
    [InlineData("controlling", "control")]
    [InlineData("statuses", "status")]
    [InlineData("settings", "setting")]
    public void Words_are_brought_to_their_stem(string word, string stem) => Assert.Equal(stem, Stemmer.Stem(word));

    [Theory]
    [InlineData("policies", "policy")]
    [InlineData("deleted", "deletion")]
    [InlineData("cancelled", "cancellation")]
    [InlineData("repositories", "repository")]
    [InlineData("organisations", "organization")]
    [InlineData("aliases", "alias")]
    [InlineData("queries", "query")]
    [InlineData("addresses", "address")]
    [InlineData("notify", "notifications")]
    public void Forms_of_a_word_have_one_stem(string one, string other) =>
        Assert.Equal(Stemmer.Stem(one), Stemmer.Stem(other));

    [Theory]
    [InlineData("customers", "custom")]
    [InlineData("settings", "set")]
    [InlineData("user", "use")]
    public void Words_of_apis_keep_apart_from_others(string one, string other) =>
        Assert.NotEqual(Stemmer.Stem(one), Stemmer.Stem(other));

    [Theory]
    [InlineData("invoce", "invoice")]
    [InlineData("inovice", "invoice")]
    [InlineData("invoicee", "invoice")]
    [InlineData("custommerz", "customer")]
    [InlineData("xnvoice", null)]
    [InlineData("invxyce", null)]
    [InlineData("cat", null)]
    public void A_mistyped_word_is_the_nearest_one(string word, string? nearest) =>
        Assert.Equal(nearest, new Spelling(["invoice", "customer", "cart"]).Nearest(word));

    [Fact]
    public void A_thesaurus_line_goes_one_way_or_both()
    {
        var thesaurus = new Thesaurus(["bill, money due > invoice", "car = motor car"]);
        Assert.Equal(
            [
                ["invoic"],
            ],
            thesaurus.Find("bill")
        );
        Assert.Equal(
            [
                ["invoic"],
            ],
            thesaurus.Find("monei due")
        );
        Assert.Empty(thesaurus.Find("invoic"));
        Assert.Equal(
            [
                ["motor", "car"],
            ],
            thesaurus.Find("car")
        );
        Assert.Equal(
            [
                ["car"],
            ],
            thesaurus.Find("motor car")
        );
    }

    [Theory]
    [InlineData("de", "Rechnungen", "invoice")]
    [InlineData("de", "Kreditkartennummer", "card")]
    [InlineData("de", "loesche", "delete")]
    [InlineData("fr", "supprimez", "delete")]
    [InlineData("es", "canciones", "track")]
    [InlineData("ja", "請求書", "invoice")]
    public void Words_of_other_languages_are_found_in_any_form(string language, string word, string english) =>
        Assert.Contains(english, Lexicon.All[language].Find(WordSplitter.Split(word)[0], inAnyForm: true));

    [Theory]
    [InlineData("show me the list of my files", "en")]
    [InlineData("zeig mir die Liste der Dateien", "de")]
    [InlineData("montre moi la liste des fichiers", "fr")]
    [InlineData("muestra la lista de los archivos", "es")]
    [InlineData("ファイルの一覧", "ja")]
    [InlineData("files", "en")]
    public void The_language_is_that_of_most_words(string text, string language) =>
        Assert.Equal(language, StopWords.Default.LanguageOf(WordSplitter.Split(text)));

    [Fact]
    public void Every_line_of_the_lists_can_be_used()
    {
        Assert.All(WordFile.Lines("thesaurus.txt"), line => Assert.Matches("^[^>=]+( > [^>=]+|( = [^>=]+)+)$", line));
        foreach (
            var file in new[]
            {
                "verbs.txt",
                "stopwords.txt",
                "lexicon-de.txt",
                "lexicon-fr.txt",
                "lexicon-es.txt",
                "lexicon-ja.txt",
            }
        )
            Assert.All(WordFile.Lines(file), line => Assert.Matches("^[^:]+: [^:]+$", line));
        Assert.All(Thesaurus.Default.Keys.Concat(Verbs.Default.Keys), key =>
            Assert.InRange(key.Split(' ').Length, 1, Phrase.MaxWords)
        );
    }
}
